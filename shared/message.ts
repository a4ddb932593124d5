import { z } from 'zod';

/**
 * Words that a person reads live in the renderer's catalogues (renderer/text/en.ts, es.ts). Main sends a key with
 * parameters. The keys that main may send are listed here, so that a misspelt one does not compile and the check of
 * the catalogues knows that they are used.
 */
export const mainMessageKeys = [
  // what a verb is called: the same verb has the words of its kind of guest
  'verb.start',
  'verb.shutDown',
  'verb.stop',
  'verb.reboot',
  'verb.restart',
  'verb.pause',
  'verb.resume',
  'verb.forceOff',
  'verb.kill',
  'verb.restore', // start of a saved VM
  'verb.reset',
  'verb.save',
  'verb.discardSave',
  'verb.enableAutostart',
  'verb.disableAutostart',
  'verb.protect',
  'verb.unprotect',
  'verb.rename',
  'verb.setTitle',
  'verb.setTags',
  'verb.setRestartPolicy',
  'verb.export',
  'verb.delete',
  'verb.remove',
  'verb.takeSnapshot',
  'verb.restoreSnapshot',
  'verb.deleteSnapshot',
  'verb.editSnapshot',
  'verb.protectSnapshot',
  'verb.unprotectSnapshot',
  // why a verb is not ready now; {state} is a GuestState, worded by the catalogue
  'because.alreadyRunning',
  'because.notRunning',
  'because.paused',
  'because.notPaused',
  'because.stopping',
  'because.suspended',
  'because.crashed',
  'because.engineNotLive',
  'because.broken',
  'because.unsupported',
  'because.notSaved',
  'because.saved', // a saved state would be lost or not fit
  'because.transient',
  'because.protected',
  'because.notProtected',
  'because.autostartOn',
  'because.autostartOff',
  'because.running', // only while it is off
  'because.hasSnapshots', // {count}
  'because.noAgent',
  'because.hasCheckpoints', // {count}
  'because.autoRemove',
  'because.noCgroups', // rootless Podman with control groups of version 1
  'because.engineOlder', // {engine, version, needed}
  'because.oneAtATime', // said by the window: several are chosen
  // why no snapshot is taken, restored or deleted
  'because.snapshotOff',
  'because.snapshotOn',
  'because.snapshotUefi',
  'because.snapshotRaw', // {disk}
  'because.snapshotShareable', // {disk}
  'because.snapshotTransient', // {disk}
  'because.snapshotLeftOut', // {disk}
  'because.snapshotNoFile', // {disk}
  'because.snapshotNoDisk',
  'because.snapshotPassthrough',
  'because.snapshotNoFreeze',
  'because.snapshotsExternal',
  'because.snapshotsMixed',
  'because.snapshotIsExternal',
  'because.externalDelete',
  'because.snapshotProtected',
  'because.childProtected', // {name}
  'because.snapshotNotProtected',
  'because.snapshotFileMissing', // {path}
  'because.snapshotLost', // {path}
  'because.revertBroken', // {version}
  // what happens when a snapshot is taken, and what to know of one
  'snapshot.says.pause',
  'snapshot.says.memory', // {mebibytes, disk}
  'snapshot.says.memoryFile', // {mebibytes}
  'snapshot.says.off',
  'snapshot.says.grows',
  'snapshot.says.readOnly', // {disks}
  'snapshot.says.noTpm',
  'snapshot.says.noNvram',
  'snapshot.note.external',
  'snapshot.note.missing', // {path}
  'snapshot.note.lost', // {path}
  'snapshot.note.mixed',
  'snapshot.says.diskOnly',
  'snapshot.says.freeze',
  // why a part of a delete plan stays, or what to know of it
  'part.shared', // {name}: another guest uses it
  'part.backingOf', // {path}: it is the base of another disk
  'part.backingBase', // a base under the guest's own disk: others may stand on it
  'part.shareable',
  'part.readOnly',
  'part.noPool', // in no storage pool: libvirt has no call that deletes it
  'part.notFile',
  'part.missing',
  'part.namedVolume', // volumes with a name stay
  'part.givenVolume', // without a name, and given to the container all the same
  'part.autoRemove', // a container that is removed when it stops takes it along
  'part.noSize', // libvirt has no call for the size of what is kept beside the disks
  'part.medium', // in a drive
  'part.maybeBase', // {name}: a guest of which a disk cannot be looked into
  'part.maybeBaseIn', // {pool}: a storage pool that cannot be looked into
  'part.sameName', // {path}: in use, and maybe the same file
  'part.snapshotsInside', // what they hold is inside the disks
  'part.snapshotsOutside', // or in files of their own
  'part.snapshotFile', // such a file: of no use without the definition
  // more about a state
  'state.note.exitCode', // {code}
  'state.note.oomKilled',
  'state.note.ioError',
  'state.note.crashed',
  'state.note.created',
  'state.note.dead',
  'state.note.removing',
  'state.note.healthy',
  'state.note.unhealthy',
  'state.note.healthStarting',
  // what happened to a guest
  'event.defined',
  'event.updated',
  'event.undefined',
  'event.renamed', // {name}
  'event.created',
  'event.started',
  'event.startedFrom', // {how}: booted, migrated, restored, snapshot, wakeup
  'event.paused',
  'event.pausedBy', // {why}: user, migrated, ioError, watchdog, restored, snapshot, apiError, postcopy
  'event.resumed',
  'event.stopped',
  'event.stoppedBy', // {why}: shutdown, destroyed, crashed, migrated, saved, failed, snapshot
  'event.exited', // {code}
  'event.shutdownBegun',
  'event.suspended',
  'event.crashed',
  'event.rebooted',
  'event.restarted',
  'event.killed', // {signal}
  'event.signalled', // Podman names no signal
  'event.outOfMemory',
  'event.health', // {health}
  'event.removed',
  'event.ioError', // {disk, reason}
  'event.watchdog',
  'event.deviceAdded', // {device}
  'event.deviceRemoved', // {device}
  'event.mediaChanged', // {device}
  'event.agentConnected',
  'event.agentDisconnected',
  'event.metadataChanged',
  'event.networkConnected', // {network}
  'event.networkDisconnected', // {network}
  'event.committed',
  'event.exported',
  'event.jobDone',
  'event.jobFailed',
  'event.done', // {verb}
  'event.failed', // {verb}
  'event.recovered', // {verb, how}: finished, undone, or left as it is
  // failure titles: what the person wanted and did not get
  'failure.title.snapshots', // {name}
  'failure.title.act', // {verb, name}: verb is a message key of a verb
  'failure.title.recover', // {verb, name}: it was broken off, and is not at its end yet
  'failure.title.journal', // {path}: it cannot be read
  'failure.title.connect', // {engine}
  'failure.title.list', // {engine}
  'failure.title.guest', // {name}: this guest cannot be read
  'failure.title.unfit', // {name}: it is read, and cannot start as it is
  'failure.title.keep',
  'failure.title.file', // {path}
  'failure.title.stopUsing', // {engine}
  'failure.title.addConnection', // {address}
  'failure.title.command', // {command}: an internal command was refused
  // failure details: what stopped it
  'failure.detail.socketMissing', // {path}
  'failure.detail.socketRefused', // {path}
  'failure.detail.socketForbidden', // {path, user, group}
  'failure.detail.socketNewGroup', // {path, user, group}: a member, but not since this login
  'failure.detail.notInstalled', // {program}
  'failure.detail.hung', // {seconds}
  'failure.detail.tpmNotKept',
  'failure.detail.lost',
  'failure.detail.keepalive', // {seconds}
  'failure.detail.protocol',
  'failure.detail.authRefused',
  'failure.detail.authNoAgent',
  'failure.detail.authWouldAsk', // {user, group}
  'failure.detail.authCancelled',
  'failure.detail.authUnsupported', // {mechanism}
  'failure.detail.noDriver', // {driver}
  'failure.detail.apiTooOld', // {version, minimum}
  'failure.detail.apiTooNew', // {version}
  'failure.detail.badAddress', // {address}
  'failure.detail.fileRefused',
  'failure.detail.tasksOpen', // {count}
  'failure.detail.otherMachine', // {address}
  'failure.detail.connectionKnown', // {address}
  'failure.detail.noSuchConnection',
  'failure.detail.contextMissing', // {context}
  'failure.detail.guestGone',
  'failure.detail.noSnapshots',
  'failure.detail.snapshotGone',
  'failure.detail.unknownOperation',
  'failure.detail.guestBusy',
  'failure.detail.wrongState',
  'failure.detail.readOnly',
  'failure.detail.diskMissing', // {path}
  'failure.detail.badDefinition',
  'failure.detail.portInUse', // {port}
  'failure.detail.networkInactive', // {network}
  'failure.detail.noSpace',
  'failure.detail.noMemory',
  'failure.detail.notSupported',
  'failure.detail.verbNotOffered',
  'failure.detail.badInput',
  'failure.detail.cancelled',
  'failure.detail.protected',
  'failure.detail.nameTaken', // {name}
  'failure.detail.badName', // {name}
  'failure.detail.badTitle',
  'failure.detail.tooManyTags', // {most}
  'failure.detail.changedMeanwhile',
  'failure.detail.leftovers', // {paths}: it is gone, these stayed
  'failure.detail.exists', // {path}
  'failure.detail.folderMissing', // {path}
  'failure.detail.fileForbidden', // {path}
  'failure.detail.notKept', // {path}
  'failure.detail.notChosen',
  'failure.detail.otherExport',
  'failure.detail.shutDownIgnored', // {seconds}
  'failure.detail.brokenOff', // its engine is gone in the middle of it
  'failure.detail.halfDone', // {step}
  'failure.detail.journalNotBegun', // {path}
  'failure.detail.journalNotWritten', // {path}
  'failure.detail.journalUnknown', // {path}: of another version, or engine
  'failure.detail.journalUnreadable',
  'failure.detail.engine', // no better words: the engine's own text is in `raw`
  'failure.detail.internal',
  // remedies: what to do now
  'remedy.installPackages',
  'remedy.startDaemon',
  'remedy.joinGroup',
  'remedy.newLogin',
  'remedy.runPolkitAgent',
  'remedy.startNetwork',
  'remedy.freeSpace',
  'remedy.findPortOwner',
  'remedy.showDefinition',
  'remedy.restoreDisk',
  'remedy.checkAddress',
  'remedy.endTasks',
  'remedy.libvirtExamples',
  'remedy.dockerExamples',
  'remedy.waitOrRestartDaemon',
  'remedy.upgradeEngine',
  'remedy.tryInTerminal',
  'remedy.unprotect',
  'remedy.otherName',
  'remedy.chooseFile',
  'remedy.removeLeftovers',
  'remedy.lookAgain',
  'remedy.forceOff',
  'remedy.engineBack',
  'remedy.halfDone',
  'remedy.ownFolder',
  'remedy.otherVersion',
  'remedy.keepJournal',
] as const;

export type MainMessageKey = (typeof mainMessageKeys)[number];

/** A sentence to be worded in the person's language: a catalogue key and its parameters. */
export const message = z.strictObject({
  key: z.enum(mainMessageKeys),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Message = z.infer<typeof message>;

/** Makes a {@link Message}; leaves `params` out where there are none. */
export function say(key: MainMessageKey, params?: Record<string, string | number>): Message {
  return params ? { key, params } : { key };
}
