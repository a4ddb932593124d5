import { z } from 'zod';
import { action } from '../action.ts';
import { connection } from '../connection.ts';
import { deletePlan } from '../delete-plan.ts';
import { failure } from '../failure.ts';
import { configurationText, guestDetail } from '../guest-detail.ts';
import { guestEvent } from '../guest-event.ts';
import { engineId, guestId, taskId } from '../ids.ts';
import { inventoryCopy } from '../inventory.ts';
import { keptViews } from '../list-view.ts';
import { quitWords } from '../quit-words.ts';
import { addedConnection, settings } from '../settings.ts';
import { guestSnapshots } from '../snapshot.ts';
import { trayMenu } from '../tray.ts';

const nothing = z.strictObject({});

function command<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): { input: I; output: O } {
  return { input, output };
}

/** How many guests one command may name: a bound on what the renderer can make main do. */
const mostGuests = 20_000;

/**
 * THE command map (renderer to main). Adding a command is one line here and one handler in electron/handlers/; a
 * missing or misspelt handler does not compile.
 */
export const commands = {
  /** Ends the app, tasks or not: the person has said so. */
  'app.quit': command(nothing, nothing),
  /** As closing the window by its button with no tray: asks while tasks run. */
  'app.askQuit': command(nothing, nothing),
  /** The window shows the question of `app.quitAsked`. */
  'app.quitHeard': command(nothing, nothing),
  /** How main asks before quitting where the page is too busy to; nothing is broken off unasked. */
  'app.setQuitWords': command(quitWords, nothing),
  /**
   * Versions, engines' states, settings, failures and log without secrets, in one file that the person chooses; `about`
   * is the text in it that says what it holds. Undefined when they thought better of it.
   */
  'app.saveDiagnostics': command(
    z.strictObject({ title: z.string().max(200), suggested: z.string().max(255), about: z.string().max(20_000) }),
    z.strictObject({ file: z.string().optional() }),
  ),
  /** Opens the folder of the log. */
  'app.showLog': command(nothing, nothing),
  /** A desktop notification, unless the window is in front. */
  'app.notify': command(z.strictObject({ title: z.string().max(300), body: z.string().max(1000) }), nothing),
  /** The tray's menu, worded by the window. */
  'tray.set': command(trayMenu, nothing),
  /** `complete`: all have been found; before that some may be missing. */
  'connection.list': command(nothing, z.strictObject({ connections: z.array(connection), complete: z.boolean() })),
  'connection.use': command(z.strictObject({ engine: engineId, on: z.boolean() }), nothing),
  'connection.add': command(addedConnection, z.strictObject({ engine: engineId })),
  'connection.remove': command(z.strictObject({ engine: engineId }), nothing),
  'app.read': command(
    nothing,
    z.strictObject({
      version: z.string(),
      electron: z.string(),
      demo: z.boolean(),
      /** Whether the desktop shows a tray. */
      tray: z.boolean(),
      /** The desktop's language, for the setting `system`. */
      systemLanguage: z.string(),
      settings,
      /** What went wrong at the start and belongs to no engine or guest. */
      failures: z.array(failure),
    }),
  ),
  /** Asks for a file name in a dialog of the system; undefined when the person thought better of it. */
  'app.chooseFile': command(
    z.strictObject({ title: z.string().max(200), suggested: z.string().max(255) }),
    z.strictObject({ file: z.string().optional() }),
  ),
  'app.openLink': command(z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2000) }), nothing),
  /** The bound is above every configuration that an engine would take. */
  'clipboard.write': command(z.strictObject({ text: z.string().max(8_000_000) }), nothing),
  'engine.retry': command(z.strictObject({ engine: engineId }), nothing),
  /** Tries the action on each guest; each gets a task of its own, so that each has a result of its own. */
  'guest.act': command(
    z.strictObject({ guests: z.array(guestId).min(1).max(mostGuests), action }),
    z.strictObject({ tasks: z.array(taskId) }),
  ),
  /** The same by hand: the commands that the action stands for, for one guest. */
  'guest.commands': command(
    z.strictObject({ guest: guestId, action }),
    z.strictObject({ commands: z.array(z.string()) }),
  ),
  'guest.configuration': command(
    z.strictObject({ guest: guestId }),
    z.strictObject({ texts: z.array(configurationText) }),
  ),
  'guest.detail': command(z.strictObject({ guest: guestId }), guestDetail),
  /** What happened to the guest in this run of the app, oldest first. */
  'guest.events': command(z.strictObject({ guest: guestId }), z.strictObject({ events: z.array(guestEvent) })),
  /** What would go with each guest, in the order asked for. */
  'guest.planDelete': command(
    z.strictObject({ guests: z.array(guestId).min(1).max(1000) }),
    z.strictObject({ plans: z.array(deletePlan) }),
  ),
  'guest.snapshots': command(z.strictObject({ guest: guestId }), guestSnapshots),
  /** Starts or stops the measuring of the host's own strip. */
  'host.watch': command(z.strictObject({ on: z.boolean() }), nothing),
  'inventory.read': command(nothing, inventoryCopy),
  /**
   * Which guests are to be measured from now on: those on screen, fast. `all` measures every running guest, slowly, for
   * sorting by a measured column. Nothing is measured while the window is hidden.
   */
  'metrics.watch': command(z.strictObject({ guests: z.array(guestId).max(mostGuests), all: z.boolean() }), nothing),
  'views.read': command(nothing, keptViews),
  /** Keeps the parts that are given. */
  'views.keep': command(keptViews.partial(), nothing),
  /** All but the connections: those have commands of their own, which act on them too. */
  'settings.change': command(settings.omit({ ignoredEngines: true, addedConnections: true }).partial(), settings),
  'task.cancel': command(z.strictObject({ task: taskId }), nothing),
  /** Takes ended tasks out of the list; leaves running ones. */
  'task.dismiss': command(z.strictObject({ tasks: z.array(taskId).max(mostGuests) }), nothing),
} as const;

export type Command = keyof typeof commands;
export type Input<C extends Command> = z.input<(typeof commands)[C]['input']>;
export type Parsed<C extends Command> = z.output<(typeof commands)[C]['input']>;
export type Output<C extends Command> = z.output<(typeof commands)[C]['output']>;
