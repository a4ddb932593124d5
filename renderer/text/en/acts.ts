/** Acting on guests: questions, tasks, results, failures. */
export const acts = {
  'failure.tried': 'What to do now',
  'failure.details': 'Details',
  'failure.copy': 'Copy',
  'failure.copyCommand': 'Copy command',
  'failure.copied': 'Copied',
  'failure.dismiss': 'Dismiss',
  'failure.source': '{source, select, libvirt {libvirt} docker {Docker} system {System} other {Posada}} said',
  'failure.sourceCode':
    '{source, select, libvirt {libvirt} docker {Docker} system {System} other {Posada}} said ({code})',
  'failure.noCopy': 'Posada could not load its list',

  'tasks.title': 'Tasks',
  'tasks.running': '{count, plural, one {# task running} other {# tasks running}}',
  'tasks.failed': '{count, plural, one {# failed} other {# failed}}',
  'tasks.none': 'Nothing has been done yet.',
  'tasks.clear': 'Clear ended',
  'tasks.cancel': 'Cancel',
  'tasks.cancelOne': 'Cancel: {label} {name}',
  'tasks.cannotCancel': 'cannot be cancelled',
  'tasks.more': '{count, plural, one {and # more} other {and # more}}',
  'tasks.item': '{label} {name}',
  'tasks.progress': 'Progress of {label} {name}',

  'task.waiting': 'Waiting',
  'task.running': 'Running for {time}',
  'task.done': 'Done in {time}',
  'task.failed': 'Failed',
  'task.cancelled': 'Cancelled',

  'order.cancelled': '{cancelled, number} cancelled',

  'notices.title': 'Notices',

  'confirm.forceOff.title': '{count, plural, one {Force off {name}?} other {Force off # guests?}}',
  'confirm.kill.title': '{count, plural, one {Kill {name}?} other {Kill # containers?}}',
  'confirm.forceOff.text':
    '{count, plural, one {It stops at once, as if its plug were pulled. What it has not saved is lost.} other {They stop at once, as if their plugs were pulled. What they have not saved is lost.}}',
  'confirm.cancel': 'Cancel',
  'confirm.more': '{count, plural, one {and # more} other {and # more}}',

  'order.done':
    '{verb, select, start {{done, number} started} shutDown {{done, number} shut down} restart {{done, number} restarted} reset {{done, number} reset} pause {{done, number} paused} resume {{done, number} resumed} forceOff {{done, number} forced off} save {{done, number} saved to disk} discardSave {{done, number} lost the saved state} enableAutostart {{done, number} with autostart on} disableAutostart {{done, number} with autostart off} protect {{done, number} protected} unprotect {{done, number} no longer protected} rename {{done, number} renamed} setTitle {{done, number} given a title} setTags {{done, number} tagged anew} setRestartPolicy {{done, number} given the restart policy} export {{done, number} exported} delete {{done, number} deleted} other {{done, number} done}}',
  'order.failed':
    '{verb, select, start {{failed, number} could not be started} shutDown {{failed, number} could not be shut down} restart {{failed, number} could not be restarted} reset {{failed, number} could not be reset} pause {{failed, number} could not be paused} resume {{failed, number} could not be resumed} forceOff {{failed, number} could not be forced off} save {{failed, number} could not be saved to disk} discardSave {{failed, number} could not be rid of the saved state} enableAutostart {{failed, number} could not be given autostart} disableAutostart {{failed, number} kept autostart} protect {{failed, number} could not be protected} unprotect {{failed, number} stayed protected} rename {{failed, number} could not be renamed} setTitle {{failed, number} could not be given a title} setTags {{failed, number} could not be tagged anew} setRestartPolicy {{failed, number} could not be given the restart policy} export {{failed, number} could not be exported} delete {{failed, number} could not be deleted} other {{failed, number} failed}}',
  'order.each': 'Result for each',
  'order.lineDone': 'Done',
  'order.seeTasks': '{count, plural, one {and # more, in the task list} other {and # more, in the task list}}',

  'ignored.title': '{name} has not shut down yet',
  'ignored.detail':
    'It was asked to shut down and still runs. It may need more time, or it may ignore the request. Forcing it off loses what it has not saved.',
  'ignored.keepWaiting': 'Keep waiting',
  'ignored.note': 'ignores the shut-down',

  'confirm.reset.title': '{count, plural, one {Reset {name}?} other {Reset # guests?}}',
  'confirm.reset.text':
    '{count, plural, one {It starts anew at once, as with a reset button: it is not asked first. What it has not saved is lost.} other {They start anew at once, as with a reset button: they are not asked first. What they have not saved is lost.}}',
  'confirm.discardSave.title':
    '{count, plural, one {Discard the saved state of {name}?} other {Discard the saved states of # guests?}}',
  'confirm.discardSave.text':
    '{count, plural, one {Its memory, as it was saved to disk, is deleted for good. It then starts from its disks, as after a power cut.} other {Their memory, as it was saved to disk, is deleted for good. They then start from their disks, as after a power cut.}}',

  'form.byHand': 'By hand',
  'form.byHandLater': 'The commands are shown once the form is filled in.',
  'form.byHandNone': 'There is no command for it: this engine has no tool.',
  'form.gone': 'Gone',
  'form.goneMore': 'What this was about does not exist any more.',

  'rename.title': 'Rename {name}',
  'rename.name': 'New name',
  'rename.rule.vm': 'Any words on one line, without a slash.',
  'rename.rule.container': 'Letters and digits first, then also . _ and -; at least two signs; no spaces.',
  'rename.fault.same': 'It is called so already.',
  'rename.fault.empty': 'It needs a name.',
  'rename.fault.letters': '“{name}” cannot be a name here.',
  'rename.fault.taken': 'Another guest of this engine is called {name}.',

  'setTitle.title': '{count, plural, one {Title of {name}} other {Title of # guests}}',
  'setTitle.instead': 'It cannot be renamed now, but it can have a title.',
  'setTitle.field': 'Title',
  'setTitle.rule': 'A line of your own beside the name. Leave it empty to take it away.',

  'setTags.title': '{count, plural, one {Tags of {name}} other {Tags of # guests}}',
  'setTags.now': 'Tags',
  'setTags.none': 'No tags yet.',
  'setTags.some': '{count, number} of {total, number}',
  'setTags.toAll': 'Give {tag} to all',
  'setTags.remove': 'Remove tag {tag}',
  'setTags.add': 'Add tag',
  'setTags.addButton': 'Add',
  'setTags.rule': 'One word each. Comma, space or Enter adds it.',
  'setTags.fault.letters': 'A tag is one word without commas, quotes, colons, & and < >.',
  'setTags.fault.long': 'A tag has at most {longest, number} letters.',
  'setTags.fault.many': 'A guest has at most {most, number} tags.',

  'setRestartPolicy.title': '{count, plural, one {Restart policy of {name}} other {Restart policy of # containers}}',
  'setRestartPolicy.legend': 'When does the engine start it again?',
  'setRestartPolicy.retries': 'Give up after so many tries',
  'setRestartPolicy.retriesRule': '0 to {most, number}; 0 never gives up.',
  'policy.no': 'Never',
  'policy.no.means': 'Only a person starts it.',
  'policy.on-failure': 'After a failure',
  'policy.on-failure.means': 'When it ends with an exit code other than 0, also after a restart of the engine.',
  'policy.always': 'Always',
  'policy.always.means': 'Whenever it ends; also when the engine starts, even if it was stopped by hand before.',
  'policy.unless-stopped': 'Unless stopped',
  'policy.unless-stopped.means': 'Like always, but one that was stopped by hand stays stopped.',

  'export.title':
    '{count, plural, one {Export the file system of {name}} other {Export the file systems of # containers}}',
  'export.text': 'Everything in the container’s own file system goes into one tar file. Volumes are not in it.',
  'export.noFile': 'No file chosen',
  'export.choose': 'Choose file…',
  'export.chooseFor': 'Choose file for {name}…',
  'export.chooseFirst': 'Choose first where the file goes.',
  'export.yes': 'Export',
  'export.yesCount': '{count, plural, one {Export # container} other {Export # containers}}',

  'delete.title': '{verb} {what}?',
  'delete.yes': '{verb} {what}',
  'delete.guests': '{count, plural, one {# guest} other {# guests}}',
  'delete.disks': '{count, plural, one {# disk} other {# disks}}',
  'delete.volumes': '{count, plural, one {# volume} other {# volumes}}',
  'delete.final': 'This is final: there is no trash yet, and nothing brings it back.',
  'delete.running':
    '{how, select, kill {{count, plural, one {It is running: it is killed first.} other {# are running: they are killed first.}}} forceOff {{count, plural, one {It is on: it is forced off first.} other {# are on: they are forced off first.}}} other {{count, plural, one {It is on: it is ended at once first.} other {# are on: they are forced off or killed first.}}}}',
  'delete.looking':
    '{count, plural, one {Looking what belongs to it…} other {Looking what belongs to them: {done, number} of #…}}',
  'delete.parts': 'What belongs to it',
  'delete.always': 'Always goes.',
  'delete.stays': 'Stays.',
  'delete.common': 'For all of them',
  'delete.more':
    '{count, plural, one {and # more guest: the common choice holds for it} other {and # more guests: the common choice holds for them}}',
  'delete.freed': '{size} will be free again.',
  'delete.freedAtLeast': 'At least {size} will be free again.',
  'delete.leftOut':
    '{count, plural, one {# guest is left out: it could not be looked at.} other {# guests are left out: they could not be looked at.}}',
  'part.kind.definition': '{count, plural, one {Definition} other {Definition (#)}}',
  'part.kind.disk': '{count, plural, one {Disk} other {Disk (#)}}',
  'part.kind.backing': '{count, plural, one {Base of a disk} other {Base of a disk (#)}}',
  'part.kind.nvram': '{count, plural, one {Firmware settings (NVRAM)} other {Firmware settings (NVRAM) (#)}}',
  'part.kind.tpm': '{count, plural, one {TPM state} other {TPM state (#)}}',
  'part.kind.snapshots': '{count, plural, one {# snapshot} other {# snapshots}}',
  'part.kind.checkpoints': '{count, plural, one {# checkpoint} other {# checkpoints}}',
  'part.kind.savedState': '{count, plural, one {Saved memory} other {Saved memory (#)}}',
  'part.kind.writableLayer':
    '{count, plural, one {What it has written in its own file system} other {What it has written in its own file system (#)}}',
  'part.kind.anonymousVolume': '{count, plural, one {Volume without a name} other {Volume without a name (#)}}',
  'part.kind.namedVolume': '{count, plural, one {Volume} other {Volume (#)}}',
  'delete.all.definition': 'Definitions ({count, number})',
  'delete.all.disk': 'Disks ({count, number})',
  'delete.all.backing': 'Bases of disks ({count, number})',
  'delete.all.nvram': 'Firmware settings (NVRAM) ({count, number})',
  'delete.all.tpm': 'TPM states ({count, number})',
  'delete.all.snapshots': 'Snapshots ({count, number})',
  'delete.all.checkpoints': 'Checkpoints ({count, number})',
  'delete.all.savedState': 'Saved memory ({count, number})',
  'delete.all.writableLayer': 'What they have written in their own file systems ({count, number})',
  'delete.all.anonymousVolume': 'Volumes without a name ({count, number})',
  'delete.all.namedVolume': 'Volumes ({count, number})',
} as const;
