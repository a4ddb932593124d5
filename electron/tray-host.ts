import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const watcher = 'org.kde.StatusNotifierWatcher';
/** A bus that hangs counts as one without a tray. */
const patienceMs = 1500;

/** Ways to ask the session bus whether somebody draws tray icons; what is not installed is passed over. */
const questions: readonly { program: string; args: readonly string[]; yes: RegExp }[] = [
  {
    program: 'gdbus',
    args: [
      ...['call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus'],
      ...['--method', 'org.freedesktop.DBus.NameHasOwner', watcher],
    ],
    yes: /\(true,\)/,
  },
  {
    program: 'dbus-send',
    args: [
      ...['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'],
      ...['org.freedesktop.DBus.NameHasOwner', `string:${watcher}`],
    ],
    yes: /boolean true/,
  },
];

/**
 * Whether a tray icon would be seen. On Linux that takes a StatusNotifierWatcher on the session bus (the Status Notifier
 * Item specification); without one Electron makes an icon that nobody draws. Other systems always have a place for it.
 */
export async function hasTrayHost({
  platform = process.platform,
  env = process.env,
}: {
  platform?: NodeJS.Platform;
  env?: NodeJS.ProcessEnv;
} = {}): Promise<boolean> {
  if (platform !== 'linux') return true;
  // Without the bus's address the programs would start one of their own.
  const bus = env.XDG_RUNTIME_DIR && path.join(env.XDG_RUNTIME_DIR, 'bus');
  const address = env.DBUS_SESSION_BUS_ADDRESS || (bus && existsSync(bus) ? `unix:path=${bus}` : undefined);
  if (!address) return false;
  for (const { program, args, yes } of questions) {
    const answer = await ask(program, args, { ...env, DBUS_SESSION_BUS_ADDRESS: address });
    if (answer !== undefined) return yes.test(answer);
  }
  return false;
}

/** What it printed; empty where it failed, undefined where it is not installed. */
function ask(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { env, timeout: patienceMs }, (error, stdout) => {
      if (error?.code === 'ENOENT') resolve(undefined);
      else resolve(error ? '' : stdout);
    });
  });
}
