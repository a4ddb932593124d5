import { type ReactNode, useId } from 'react';
import { changeSettings } from '../actions/change-settings.ts';
import { useAppFacts, useStores, useText } from '../stores/context.tsx';
import { Popover } from './popover.tsx';

const themes = ['system', 'light', 'dark'] as const;
const languages = ['system', 'en', 'es'] as const;
/** A language is called by its own name, whatever the language of the window. */
const languageNames = { en: 'English', es: 'Español' } as const;

/** Theme, language, host strip; each change holds at once. */
export function SettingsPopover() {
  const stores = useStores();
  const text = useText();
  const facts = useAppFacts((all) => all);
  const { settings } = facts;
  return (
    <Popover
      buttonClass="rail-button"
      label={text.t('settings.title')}
      className="settings-panel"
      face={
        <>
          <changeSettings.icon size={20} aria-hidden />
          <span>{text.t('settings.title')}</span>
        </>
      }
    >
      {() => (
        <>
          <h2 className="panel-title">{text.t('settings.title')}</h2>
          <Choice
            title={text.t('settings.theme')}
            choices={themes.map((theme) => [theme, text.t(`settings.theme.${theme}`)])}
            chosen={settings.theme}
            onChoose={(theme) => changeSettings.run({ theme }, stores)}
          />
          <Choice
            title={text.t('settings.language')}
            choices={languages.map((language) => [
              language,
              language === 'system' ? (
                text.t('settings.language.system')
              ) : (
                <span key={language} lang={language}>
                  {languageNames[language]}
                </span>
              ),
            ])}
            chosen={settings.language}
            onChoose={(language) => changeSettings.run({ language }, stores)}
          />
          <label className="check">
            <input
              type="checkbox"
              checked={settings.hostStrip}
              onChange={(event) => changeSettings.run({ hostStrip: event.target.checked }, stores)}
            />
            <span>{text.t('settings.hostStrip')}</span>
          </label>
          {facts.version && (
            <p className="quiet-text">
              {text.t('app.version', { version: facts.version, electron: facts.electron })}
              {facts.demo && <br />}
              {facts.demo && text.t('app.demo')}
            </p>
          )}
        </>
      )}
    </Popover>
  );
}

interface ChoiceProps<T extends string> {
  title: string;
  choices: readonly (readonly [T, ReactNode])[];
  chosen: T;
  onChoose: (value: T) => void;
}

function Choice<T extends string>({ title, choices, chosen, onChoose }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{title}</legend>
      <div className="segments">
        {choices.map(([value, face]) => (
          <label key={value}>
            <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
            <span>{face}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
