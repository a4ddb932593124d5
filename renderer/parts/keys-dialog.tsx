import { windowActions } from '../actions/window-keys.ts';
import { useStores, useText, useView } from '../stores/context.tsx';
import type { TextKey } from '../text/en.ts';
import { Dialog } from './dialog.tsx';
import { ShortcutKeys } from './shortcut-keys.tsx';

type Key =
  | { readonly sign: string }
  | { readonly word: 'Escape' | 'Ctrl' | 'Shift' | 'Enter' | 'Space' | 'Home' | 'End' | 'Delete' | 'Alt' };
/** Ways to do something; each way is keys pressed together. */
type Ways = readonly (readonly Key[])[];

const ctrl: Key = { word: 'Ctrl' };
const shift: Key = { word: 'Shift' };
const sign = (text: string): Key => ({ sign: text });
const arrows = sign('↑ ↓');
const sideways = sign('← →');

/** What the list does with keys; those of the whole window come from their actions. */
const sections: readonly { title: TextKey; rows: readonly (readonly [TextKey, Ways])[] }[] = [
  {
    title: 'keys.section.list',
    rows: [
      ['keys.move', [[arrows]]],
      ['keys.extend', [[shift, arrows]]],
      ['keys.moveOnly', [[ctrl, arrows]]],
      ['keys.toggle', [[{ word: 'Space' }]]],
      ['keys.ends', [[{ word: 'Home' }], [{ word: 'End' }]]],
      ['keys.selectAll', [[ctrl, sign('A')]]],
      ['keys.selectNone', [[{ word: 'Escape' }]]],
      ['keys.clearFilter', [[{ word: 'Escape' }]]],
      ['keys.open', [[{ word: 'Enter' }]]],
      ['keys.menu', [[shift, sign('F10')]]],
      ['keys.groups', [[sideways]]],
      ['keys.moveColumn', [[ctrl, sideways]]],
      ['keys.sizeColumn', [[shift, sideways]]],
      ['keys.columnMenu', [[{ word: 'Alt' }, sign('↓')]]],
    ],
  },
];

/** Which keys do what. */
export function KeysDialog() {
  const stores = useStores();
  const text = useText();
  const shown = useView((view) => view.keysShown);
  if (!shown) return null;
  const close = (): void => stores.view.setState({ keysShown: false });
  return (
    <Dialog title={text.t('keys.title')} onClose={close}>
      {/* It begins at the top, and the arrow keys scroll it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div className="keys" tabIndex={0} data-focus-first>
        {sections.map(({ title, rows }) => (
          <section key={title}>
            <h3>{text.t(title)}</h3>
            <dl>
              {rows.map(([what, ways]) => (
                <div key={what}>
                  <dt>{text.t(what)}</dt>
                  <dd>
                    {ways.map((keys, place) => (
                      <span key={keys.map(keyId).join()}>
                        {place > 0 && <span className="quiet-text"> {text.t('keys.or')} </span>}
                        {keys.map((key) => (
                          <kbd key={keyId(key)}>{'sign' in key ? key.sign : text.t(`key.${key.word}`)}</kbd>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>{text.t('keys.section.everywhere')}</h3>
          <dl>
            {windowActions
              .filter((action) => action.shortcuts)
              .map((action) => (
                <div key={action.id}>
                  <dt>{action.label(undefined, text)}</dt>
                  <dd>
                    {action.shortcuts?.map((shortcut, place) => (
                      <span key={`${shortcut.key} ${shortcut.ctrl}`}>
                        {place > 0 && <span className="quiet-text"> {text.t('keys.or')} </span>}
                        <ShortcutKeys shortcut={shortcut} />
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      </div>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {text.t('keys.close')}
        </button>
      </div>
    </Dialog>
  );
}

function keyId(key: Key): string {
  return 'sign' in key ? key.sign : key.word;
}
