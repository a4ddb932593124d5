import { windowActions } from '../actions/window-keys.ts';
import { useStores, useText, useView } from '../stores/context.tsx';
import type { TextKey } from '../text/en.ts';
import { Dialog } from './dialog.tsx';
import { ShortcutKeys } from './shortcut-keys.tsx';

type KeyWord = Extract<TextKey, `key.${string}`> extends `key.${infer Word}` ? Word : never;
type Key = { readonly sign: string } | { readonly word: KeyWord };
/** Ways to do something; each way is keys pressed together. */
type Ways = readonly (readonly Key[])[];

const sign = (text: string): Key => ({ sign: text });
const word = (named: KeyWord): Key => ({ word: named });
const [ctrl, shift, alt] = [word('Ctrl'), word('Shift'), word('Alt')];
const [enter, leave] = [word('Enter'), word('Escape')];
const arrows = sign('↑ ↓');
const sideways = sign('← →');
const ends: Ways = [[word('Home')], [word('End')]];
const pages: Ways = [[word('PageUp')], [word('PageDown')]];

/** What keys do where they are pressed; those of the whole window come from their actions. */
const sections: readonly { title: TextKey; rows: readonly (readonly [TextKey, Ways])[] }[] = [
  {
    title: 'keys.section.list',
    rows: [
      ['keys.move', [[arrows]]],
      ['keys.extend', [[shift, arrows]]],
      ['keys.moveOnly', [[ctrl, arrows]]],
      ['keys.toggle', [[word('Space')]]],
      ['keys.pages', pages],
      ['keys.ends', ends],
      ['keys.selectAll', [[ctrl, sign('A')]]],
      ['keys.selectNone', [[leave]]],
      ['keys.open', [[enter]]],
      ['keys.menu', [[shift, sign('F10')], [word('Menu')]]],
      ['keys.groups', [[sideways]]],
      ['keys.moveColumn', [[ctrl, sideways]]],
      ['keys.sizeColumn', [[shift, sideways]]],
      ['keys.columnMenu', [[alt, sign('↓')]]],
    ],
  },
  {
    title: 'keys.section.filter',
    rows: [
      ['keys.filterTerms', [[alt, sign('↓')]]],
      ['keys.toList', [[sign('↓')], [enter]]],
      ['keys.clearFilter', [[leave]]],
    ],
  },
  {
    title: 'keys.section.snapshots',
    rows: [
      ['keys.snapshotMove', [[arrows]]],
      ['keys.snapshotParent', [[sideways]]],
      ['keys.snapshotRestore', [[enter]]],
      ['keys.snapshotEdit', [[sign('F2')]]],
      ['keys.snapshotDelete', [[word('Delete')]]],
      ['keys.snapshotMenu', [[shift, sign('F10')], [word('Menu')]]],
    ],
  },
  {
    title: 'keys.section.facts',
    rows: [
      ['keys.tabs', [[sideways]]],
      ['keys.edge', [[arrows], ...pages]],
      ['keys.edgeEnds', ends],
      ['keys.fold', [[enter]]],
      ['keys.nextFound', [[enter], [sign('F3')]]],
      [
        'keys.previousFound',
        [
          [shift, enter],
          [shift, sign('F3')],
        ],
      ],
      ['keys.chart', [[sideways], ...pages]],
      ['keys.chartEnds', ends],
      ['keys.chartLeave', [[leave]]],
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
