import { expect, test } from 'vitest';
import { snapshotRecord } from './snapshot.ts';
import { withOwnFacts } from './snapshot-own.ts';

const domain = (metadata: string) => `<domain type='qemu'>
    <name>d &lt;1&gt;</name>${metadata}
    <devices><disk type='file'><source file='/a &amp; b'/><!-- kept --></disk></devices>
  </domain>`;
const xml = (metadata = '', description = '') => `<domainsnapshot>
  <name>one</name>${description}
  <parent><name>zero</name></parent><state>running</state><creationTime>1700000000</creationTime>
  <memory snapshot='internal'/><disks><disk name='vda' snapshot='internal'/></disks>
  ${domain(metadata)}
  <cookie><cpu mode='x'/></cookie>
</domainsnapshot>`;
const facts = { shownName: 'Before "<update>" & more', made: true, protected: true, description: 'two\nlines <x>' };

test('what we write into a snapshot is read back, and the rest is as it was', () => {
  const before = xml("<metadata><o:x xmlns:o='urn:o' a='&lt;'/></metadata>", '<description>old</description>');
  const after = withOwnFacts(before, 'one', facts);
  const { description, ...own } = facts;
  expect(snapshotRecord(after)).toMatchObject({ name: 'one', parent: 'zero', description, own });
  for (const part of ['a="&lt;"', '<!-- kept -->', 'file="/a &amp; b"', '<cpu mode="x"/>', 'd &lt;1&gt;']) {
    expect(after).toContain(part);
  }
  const back = withOwnFacts(after, 'one', { made: false, protected: false, description: '' });
  expect(snapshotRecord(back)).toMatchObject({ description: '', own: { made: false, protected: false } });
  expect(back.match(/posadasnap:snapshot/g)).toHaveLength(1);
  expect(back).toContain('urn:o');
});

test('letters that libvirt has written as numbers are read, and no others are made up', () => {
  const named = withOwnFacts(xml(), 'one', { ...facts, shownName: 'ñ “&#65;”' });
  const told = named.replace('ñ', '&#xF1;').replace('of="one"', 'of="&#111;ne"');
  expect(snapshotRecord(told).own.shownName).toBe('ñ “&#65;”');
  expect(withOwnFacts(told.replace('made=', 'later="7" made='), 'one', facts)).toContain('later="7"');
});

test('a snapshot that has no metadata gets some', () => {
  expect(snapshotRecord(withOwnFacts(xml(), 'one', facts)).own.protected).toBe(true);
});

test('the element of another snapshot says nothing, and is replaced', () => {
  const carried = withOwnFacts(xml(), 'one', facts).replace('of="one"', 'of="zero" later="7"');
  expect(snapshotRecord(carried).own).toEqual({ made: false, protected: false });
  const own = withOwnFacts(carried, 'one', { made: false, protected: true, description: '' });
  expect(own).not.toContain('later');
  expect(own.match(/posadasnap:snapshot/g)).toHaveLength(1);
  const later = withOwnFacts(own.replace('of="one"', 'of="one" later="7"'), 'one', facts);
  expect(later).toContain('later="7"');
});

test('what is no snapshot, or has no definition in it, is not changed', () => {
  expect(() => withOwnFacts(domain(''), 'one', facts)).toThrow();
  expect(() => withOwnFacts('<domainsnapshot><name>one</name></domainsnapshot>', 'one', facts)).toThrow();
});
