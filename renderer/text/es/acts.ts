/** Acting on guests: questions, tasks, results, failures. */
export const acts = {
  'failure.tried': 'Qué hacer ahora',
  'failure.details': 'Detalles',
  'failure.copy': 'Copiar',
  'failure.copyCommand': 'Copiar la orden',
  'failure.copied': 'Copiado',
  'failure.dismiss': 'Descartar',
  'failure.source': '{source, select, libvirt {libvirt} docker {Docker} system {El sistema} other {Posada}} dijo',
  'failure.sourceCode':
    '{source, select, libvirt {libvirt} docker {Docker} system {El sistema} other {Posada}} dijo ({code})',

  'tasks.title': 'Tareas',
  'tasks.running': '{count, plural, one {# tarea en curso} other {# tareas en curso}}',
  'tasks.failed': '{count, plural, one {# fallida} other {# fallidas}}',
  'tasks.none': 'Aún no se ha hecho nada.',
  'tasks.show': 'Mostrar las tareas',
  'tasks.clear': 'Quitar las terminadas',
  'tasks.cancel': 'Cancelar',
  'tasks.cancelOne': 'Cancelar: {label} {name}',
  'tasks.cannotCancel': 'no se puede cancelar',
  'tasks.more': '{count, plural, one {y # más} other {y # más}}',
  'tasks.progress': 'Progreso de {label} {name}',

  'task.waiting': 'En espera',
  'task.running': 'En curso desde hace {time}',
  'task.done': 'Hecha en {time}',
  'task.failed': 'Fallida',
  'task.cancelled': 'Cancelada',

  'order.done':
    '{verb, select, start {{done, plural, one {# iniciado} other {# iniciados}}} shutDown {{done, plural, one {# apagado} other {# apagados}}} restart {{done, plural, one {# reiniciado} other {# reiniciados}}} pause {{done, plural, one {# en pausa} other {# en pausa}}} resume {{done, plural, one {# reanudado} other {# reanudados}}} forceOff {{done, plural, one {# apagado a la fuerza} other {# apagados a la fuerza}}} other {{done, plural, one {# hecho} other {# hechos}}}}',
  'order.failed':
    '{verb, select, start {{failed, plural, one {# no se pudo iniciar} other {# no se pudieron iniciar}}} shutDown {{failed, plural, one {# no se pudo apagar} other {# no se pudieron apagar}}} restart {{failed, plural, one {# no se pudo reiniciar} other {# no se pudieron reiniciar}}} pause {{failed, plural, one {# no se pudo pausar} other {# no se pudieron pausar}}} resume {{failed, plural, one {# no se pudo reanudar} other {# no se pudieron reanudar}}} forceOff {{failed, plural, one {# no se pudo apagar a la fuerza} other {# no se pudieron apagar a la fuerza}}} other {{failed, plural, one {# falló} other {# fallaron}}}}',
  'order.cancelled': '{cancelled, plural, one {# cancelado} other {# cancelados}}',
  'order.seeTasks': 'La lista de tareas dice el porqué de cada uno.',

  'notices.title': 'Avisos',

  'confirm.forceOff.title':
    '{count, plural, one {¿Forzar el apagado de {name}?} other {¿Forzar el apagado de # huéspedes?}}',
  'confirm.kill.title': '{count, plural, one {¿Matar {name}?} other {¿Matar # contenedores?}}',
  'confirm.forceOff.text':
    '{count, plural, one {Se detiene al instante, como si se desenchufara. Lo que no haya guardado se pierde.} other {Se detienen al instante, como si se desenchufaran. Lo que no hayan guardado se pierde.}}',
  'confirm.forceOff.yes': 'Forzar apagado',
  'confirm.kill.yes': 'Matar',
  'confirm.cancel': 'Cancelar',
  'confirm.more': '{count, plural, one {y # más} other {y # más}}',

  'task.ignored': 'Sin hacer caso desde hace {time}',
  'byHand.title': 'A mano',
  'byHand.copyAll': 'Copiar todo',
  'byHand.copyOne': 'Copiar comando',
} as const;
