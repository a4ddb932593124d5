import type { ReactNode } from 'react';
import { changeSettings } from '../../actions/change-settings.ts';
import { openDiagnostics, showLog } from '../../actions/diagnostics.ts';
import type { UserAction } from '../../actions/user-action.ts';
import { useAppFacts, useStores, useText } from '../../stores/context.tsx';
import { Choice } from './choice.tsx';
import { ConnectionList } from './connection-list.tsx';
import { SecondsBox } from './seconds-box.tsx';

const themes = ['system', 'light', 'dark'] as const;
const languages = ['system', 'en', 'es'] as const;
const closings = ['quit', 'tray'] as const;

/** All settings; each change holds at once and is kept. */
export function SettingsScreen() {
  const stores = useStores();
  const text = useText();
  const facts = useAppFacts((all) => all);
  const { settings } = facts;
  const change = (part: Partial<typeof settings>): void => changeSettings.run(part, stores);
  return (
    <main className="screen settings-screen">
      <header className="screen-head">
        <h1>{text.t('settings.title')}</h1>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long page scrolls, also by keyboard */}
      <section className="settings-page" data-focus-first tabIndex={0} aria-label={text.t('settings.title')}>
        <Section title={text.t('settings.section.connections')}>
          <ConnectionList />
        </Section>
        <Section title={text.t('settings.section.look')}>
          <Choice
            title={text.t('settings.theme')}
            choices={themes.map((theme) => [theme, text.t(`settings.theme.${theme}`)])}
            chosen={settings.theme}
            onChoose={(theme) => change({ theme })}
          />
          <Choice
            title={text.t('settings.language')}
            choices={languages.map((language) => [
              language,
              <span key={language} lang={language === 'system' ? undefined : language}>
                {text.t(`settings.language.${language}`)}
              </span>,
            ])}
            chosen={settings.language}
            onChoose={(language) => change({ language })}
          />
          <Check
            label={text.t('settings.hostStrip')}
            on={settings.hostStrip}
            onChange={(hostStrip) => change({ hostStrip })}
          />
        </Section>
        <Section title={text.t('settings.section.measuring')}>
          <SecondsBox
            label={text.t('settings.pollOnScreen')}
            value={settings.pollOnScreen}
            least={1}
            most={60}
            onChange={(pollOnScreen) => change({ pollOnScreen })}
          />
          <SecondsBox
            label={text.t('settings.pollAll')}
            value={settings.pollAll}
            least={5}
            most={600}
            onChange={(pollAll) => change({ pollAll })}
          />
        </Section>
        <Section title={text.t('settings.section.closing')}>
          <Choice
            title={text.t('settings.closing')}
            choices={closings.map((closing) => [closing, text.t(`settings.closing.${closing}`)])}
            chosen={facts.tray ? settings.closing : 'quit'}
            disabled={!facts.tray}
            hint={facts.tray ? undefined : text.t('settings.noTray')}
            onChoose={(closing) => change({ closing })}
          />
          <Check
            label={text.t('settings.notifications')}
            on={settings.notifications}
            onChange={(notifications) => change({ notifications })}
          />
        </Section>
        <Section title={text.t('settings.section.about')}>
          {facts.version && <p>{text.t('app.version', { version: facts.version, electron: facts.electron })}</p>}
          {facts.demo && <p className="quiet-text">{text.t('app.demo')}</p>}
          <p className="quiet-text">{text.t('app.licence')}</p>
          <div className="button-row">
            <ActionButton action={openDiagnostics} />
            <ActionButton action={showLog} />
          </div>
        </Section>
      </section>
    </main>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="settings-section" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Check({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="check">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

function ActionButton({ action }: { action: UserAction }) {
  const stores = useStores();
  const text = useText();
  return (
    <button type="button" className="button" onClick={() => action.run(undefined, stores)}>
      <action.icon size={14} aria-hidden />
      <span>{action.label(undefined, text)}</span>
    </button>
  );
}
