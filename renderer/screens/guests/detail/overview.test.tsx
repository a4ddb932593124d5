// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { Guest } from '../../../../shared/guest.ts';
import type { VmDetail } from '../../../../shared/guest-detail.ts';
import type { Reply } from '../../../../shared/ipc/bridge.ts';
import { aContainerDetail, aVmDetail } from '../../../testing/details.ts';
import { clickRow, drawApp } from '../../../testing/draw-app.tsx';
import { aContainer, aFailure, aGuest, anEngine, aTask, idOf, libvirt, offer } from '../../../testing/guests.ts';

const running = (name: string, part: Partial<Guest> = {}): Guest => aGuest(name, { state: 'running', ...part });
const pane = () => within(screen.getByRole('region', { name: 'Facts' }));
/** The value of a fact by its term. */
const fact = (term: string): string | undefined =>
  pane().getByText(term, { selector: 'dt' }).nextElementSibling?.textContent?.replaceAll('\u00a0', ' ');

describe('the overview of a virtual machine', () => {
  test('shows what main knows of it', async () => {
    await drawApp(
      { guests: [running('web', { snapshots: 2, virtualization: 'emulation', domainType: 'qemu' })] },
      { prepare: (main) => (main.answers['guest.detail'] = () => aVmDetail('web', { currentSnapshot: 'base' })) },
    );
    clickRow('web');
    await pane().findByText('2 of 8');
    expect(fact('Memory')).toBe('1.0 GiB of 4.0 GiB');
    expect(fact('Firmware')).toBe('UEFI · Secure Boot · TPM');
    expect(fact('Guest agent')).toBe('Connected');
    expect(fact('Graphics')).toBe('–');
    expect(fact('Snapshots')).toBe('2 · at base');
    expect(fact('Virtualization')).toContain('Emulation (qemu)');
    expect(pane().getByText('5.0 GiB used on the host, 20 GiB for the guest')).toBeTruthy();
    expect(pane().getByText('stands on 2 files')).toBeTruthy();
    expect(pane().getByText('Empty')).toBeTruthy();
    expect(pane().getByText('from its DHCP lease')).toBeTruthy();
    expect(pane().getByText('from its guest agent')).toBeTruthy();
  });

  test('explains how it is run in two sentences', async () => {
    await drawApp({ guests: [running('web', { virtualization: 'full' })] });
    clickRow('web');
    fireEvent.click(pane().getByRole('button', { name: 'What is this?' }));
    expect(screen.getByRole('dialog', { name: 'What is this?' }).textContent).toContain('its own kernel');
  });

  test('copies an address, and the command that logs in there', async () => {
    const { main } = await drawApp(
      { guests: [running('web')] },
      { prepare: (prepared) => (prepared.answers['guest.detail'] = () => aVmDetail('web')) },
    );
    clickRow('web');
    const [address] = await pane().findAllByRole('button', { name: 'Copy address' });
    fireEvent.click(address as HTMLElement);
    fireEvent.click(pane().getAllByRole('button', { name: 'Copy ssh command' })[0] as HTMLElement);
    expect(main.inputs('clipboard.write')).toEqual([{ text: '192.168.122.7' }, { text: 'ssh 192.168.122.7' }]);
  });

  test('offers no login at what is no address', async () => {
    await drawApp({ guests: [running('web', { addresses: ['10.0.0.5; reboot'] })] });
    clickRow('web');
    expect(pane().getByRole('button', { name: 'Copy address' })).toBeTruthy();
    expect(pane().queryByRole('button', { name: 'Copy ssh command' })).toBeNull();
  });

  test('is asked for again when its row changes and when the window gets the focus', async () => {
    const { main, tell } = await drawApp({ guests: [running('web')] });
    clickRow('web');
    expect(main.inputs('guest.detail')).toEqual([{ guest: idOf('web') }]);
    tell({ guests: [running('web', { addresses: ['10.0.0.1'] })] });
    await vi.waitFor(() => expect(main.inputs('guest.detail')).toHaveLength(2));
    await act(async () => void window.dispatchEvent(new Event('focus')));
    expect(main.inputs('guest.detail')).toHaveLength(3);
    tell({ guests: [aGuest('other')] });
    await act(async () => undefined);
    expect(main.inputs('guest.detail')).toHaveLength(3);
  });

  test('that fails says why, tries again when asked, and keeps what was known', async () => {
    let answer: VmDetail | Reply<VmDetail> = { ok: false, failure: aFailure('web') };
    const { tell } = await drawApp(
      { guests: [running('web')] },
      { prepare: (main) => (main.answers['guest.detail'] = () => answer as never) },
    );
    clickRow('web');
    expect(await pane().findByText('web could not be started')).toBeTruthy();
    answer = aVmDetail('web');
    await act(async () => fireEvent.click(pane().getByRole('button', { name: 'Try again' })));
    expect(pane().queryByText('web could not be started')).toBeNull();
    answer = { ok: false, failure: aFailure('web') };
    tell({ guests: [running('web', { title: 'x' })] });
    expect(await pane().findByText('web could not be started')).toBeTruthy();
    expect(fact('vCPUs')).toBe('2 of 8');
    expect(pane().getByText(/^as of /)).toBeTruthy();
  });

  test('of an engine that does not answer is old, and is not asked for', async () => {
    const off = anEngine(libvirt, { state: 'reconnecting', lastContact: 1_700_000_000_000 });
    const { main } = await drawApp({ guests: [running('web')], engines: [off] });
    clickRow('web');
    expect(main.inputs('guest.detail')).toEqual([]);
    expect(pane().getByText('Not measured: its engine does not answer.')).toBeTruthy();
  });

  test('paused by a full disk says what to do first, and then resumes', async () => {
    const guest = aGuest('web', {
      state: 'paused',
      ioError: { disk: 'vda', reason: 'no-space' },
      offers: [offer('resume', 'verb.resume')],
    });
    const { main } = await drawApp({ guests: [guest] });
    clickRow('web');
    expect(pane().getByText('Paused: disk vda cannot be written')).toBeTruthy();
    expect(pane().getByText(/First make room/)).toBeTruthy();
    fireEvent.click(pane().getByRole('button', { name: 'Resume' }));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('web')], action: { verb: 'resume' } }]);
  });

  test('changes tags: one is taken away at once, the form adds more', async () => {
    const guest = running('web', { tags: ['prod', 'db'], offers: [offer('setTags', 'verb.setTags')] });
    const { main } = await drawApp({ guests: [guest] });
    clickRow('web');
    fireEvent.click(pane().getByRole('button', { name: 'Remove tag prod' }));
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('web')], action: { verb: 'setTags', add: [], remove: ['prod'] } },
    ]);
    fireEvent.click(pane().getByRole('button', { name: 'Change tags' }));
    expect(screen.getByRole('dialog', { name: 'Tags of web' })).toBeTruthy();
  });
});

describe('the overview of a container', () => {
  test('shows its networks, mounts, health, labels and how it ended, as text', async () => {
    const guest = aContainer('db', {
      ...{ state: 'stopped', exitCode: 137, outOfMemory: true, health: 'unhealthy', project: 'shop', service: 'db' },
      startup: { by: 'restartPolicy', policy: 'on-failure', maximumRetries: 5 },
    });
    await drawApp(
      { guests: [guest] },
      { prepare: (main) => (main.answers['guest.detail'] = () => aContainerDetail('db')) },
    );
    clickRow('db');
    await pane().findByText('shop_default');
    expect(fact('Exit code')).toBe('137 (ended by signal 9)');
    expect(fact('Restarts')).toBe('3');
    expect(fact('Restart policy')).toContain('After a failure · at most 5 tries');
    expect(fact('Project')).toBe('shop / db');
    expect(fact('Command')).toBe('/entry serve');
    expect(pane().getByText('It ran out of memory and was ended')).toBeTruthy();
    expect(pane().getByText('connection refused')).toBeTruthy();
    expect(pane().getByText('Gateway 172.18.0.1')).toBeTruthy();
    expect(pane().getByText('pgdata')).toBeTruthy();
    expect(pane().getByText('<b>bold</b>')).toBeTruthy();
  });

  test('opens a published port in the browser, but none of UDP', async () => {
    const port = { hostAddress: '0.0.0.0', hostPort: 8080, guestPort: 80, protocol: 'tcp' as const };
    const guest = aContainer('db', { state: 'running', ports: [port, { ...port, hostPort: 53, protocol: 'udp' }] });
    const { main } = await drawApp({ guests: [guest] });
    clickRow('db');
    const buttons = pane().getAllByRole('button', { name: /^Open port/ });
    expect(buttons).toHaveLength(1);
    fireEvent.click(buttons[0] as HTMLElement);
    expect(main.inputs('app.openLink')).toEqual([{ url: 'http://localhost:8080' }]);
  });
});

describe('a shut-down that the guest ignores', () => {
  const ignored = aTask('1', 'web', { action: { verb: 'shutDown' }, ignored: true });

  test('is told once, with force off at hand, and until it is over', async () => {
    const guest = running('web');
    const { tell } = await drawApp({ guests: [guest] });
    tell({ tasks: [ignored] });
    const notice = within(screen.getByRole('alert'));
    expect(notice.getByText('web has not shut down yet')).toBeTruthy();
    fireEvent.click(notice.getByRole('button', { name: 'Force off' }));
    const question = within(screen.getByRole('alertdialog', { name: 'Force off web?' }));
    fireEvent.click(question.getByRole('button', { name: 'Cancel' }));
    tell({ tasks: [{ ...ignored, state: 'done', endedAt: 2 }] });
    expect(screen.queryByText('web has not shut down yet')).toBeNull();
  });

  test('may be waited for: the notice goes, the guest still says so', async () => {
    const { tell } = await drawApp({ guests: [running('web')] });
    clickRow('web');
    tell({ tasks: [ignored] });
    fireEvent.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Keep waiting' }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(pane().getByText('web has not shut down yet')).toBeTruthy();
    expect(screen.getAllByText('ignores the shut-down').length).toBeGreaterThan(0);
    tell({ tasks: [{ ...ignored, progress: 0.5 }] });
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
