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

  'tasks.title': 'Tasks',
  'tasks.running': '{count, plural, one {# task running} other {# tasks running}}',
  'tasks.failed': '{count, plural, one {# failed} other {# failed}}',
  'tasks.none': 'Nothing has been done yet.',
  'tasks.show': 'Show tasks',
  'tasks.clear': 'Clear ended',
  'tasks.cancel': 'Cancel',
  'tasks.cancelOne': 'Cancel: {label} {name}',
  'tasks.cannotCancel': 'cannot be cancelled',
  'tasks.more': '{count, plural, one {and # more} other {and # more}}',
  'tasks.progress': 'Progress of {label} {name}',

  'task.waiting': 'Waiting',
  'task.running': 'Running for {time}',
  'task.done': 'Done in {time}',
  'task.failed': 'Failed',
  'task.cancelled': 'Cancelled',

  'order.done':
    '{verb, select, start {{done, plural, one {# started} other {# started}}} shutDown {{done, number} shut down} restart {{done, number} restarted} pause {{done, number} paused} resume {{done, number} resumed} forceOff {{done, number} forced off} other {{done, number} done}}',
  'order.failed':
    '{verb, select, start {{failed, number} could not be started} shutDown {{failed, number} could not be shut down} restart {{failed, number} could not be restarted} pause {{failed, number} could not be paused} resume {{failed, number} could not be resumed} forceOff {{failed, number} could not be forced off} other {{failed, number} failed}}',
  'order.cancelled': '{cancelled, number} cancelled',
  'order.seeTasks': 'The task list says why for each of them.',

  'notices.title': 'Notices',

  'confirm.forceOff.title': '{count, plural, one {Force off {name}?} other {Force off # guests?}}',
  'confirm.kill.title': '{count, plural, one {Kill {name}?} other {Kill # containers?}}',
  'confirm.forceOff.text':
    '{count, plural, one {It stops at once, as if its plug were pulled. What it has not saved is lost.} other {They stop at once, as if their plugs were pulled. What they have not saved is lost.}}',
  'confirm.forceOff.yes': 'Force off',
  'confirm.kill.yes': 'Kill',
  'confirm.cancel': 'Cancel',
  'confirm.more': '{count, plural, one {and # more} other {and # more}}',

  'task.ignored': 'Not listening for {time}',
  'byHand.title': 'By hand',
  'byHand.copyAll': 'Copy all',
  'byHand.copyOne': 'Copy command',
} as const;
