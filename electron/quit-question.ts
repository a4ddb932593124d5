import { BrowserWindow, dialog } from 'electron';
import type { QuitWords } from '../shared/quit-words.ts';

/** The question before quitting in a dialog of the system, for when the page does not ask it. */
export class QuitQuestion {
  #words: QuitWords | undefined;

  /** In the person's language, as the page words them while it can. */
  setWords(words: QuitWords): void {
    this.#words = words;
  }

  /** True when the person wants to quit all the same. A page that never said a word has begun nothing either. */
  async ask(): Promise<boolean> {
    if (!this.#words) return true;
    const { title, text, stay, quit } = this.#words;
    const asked: Electron.MessageBoxOptions = {
      ...{ type: 'question', message: title, detail: text },
      ...{ buttons: [stay, quit], defaultId: 0, cancelId: 0, noLink: true },
    };
    const [window] = BrowserWindow.getAllWindows();
    const { response } = await (window ? dialog.showMessageBox(window, asked) : dialog.showMessageBox(asked));
    return response === 1;
  }
}
