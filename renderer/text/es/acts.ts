/** Acting on guests: questions, tasks, results, failures. */
export const acts = {
  'failure.tried': 'Qué hacer ahora',
  'failure.details': 'Detalles',
  'failure.copy': 'Copiar',
  'failure.copyCommand': 'Copiar comando',
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
  'tasks.counts':
    '{running, number} en marcha, {waiting, number} en espera, {failed, plural, one {# fallida} other {# fallidas}}',
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
  'task.brokenOff': 'Interrumpida',
  'task.finished': 'Se interrumpió; terminada en {time}',
  'task.undone': 'Se interrumpió; deshecha en {time}',
  'task.recovering': 'Se interrumpió; se está resolviendo',

  'recovered.text':
    '{name}: {verb, select, takeSnapshot {la toma de una instantánea} restoreSnapshot {la restauración de una instantánea} deleteSnapshot {el borrado de una instantánea} editSnapshot {el cambio de una instantánea} delete {el borrado} other {«{label}»}} se interrumpió {why, select, appEnded {al cerrarse Posada} engineLost {al perderse el motor} other {por un fallo}}. {how, select, finished {Se ha terminado.} other {Se ha deshecho.}}',

  'order.cancelled': '{cancelled, plural, one {# cancelado} other {# cancelados}}',

  'notices.title': 'Avisos',
  'notices.more': '{count, plural, one {# aviso anterior} other {# avisos anteriores}}',
  'notices.dismissAll': 'Descartar todos',

  'confirm.forceOff.title':
    '{count, plural, one {¿Forzar el apagado de {name}?} other {¿Forzar el apagado de # huéspedes?}}',
  'confirm.kill.title': '{count, plural, one {¿Matar {name}?} other {¿Matar # contenedores?}}',
  'confirm.forceOff.text':
    '{count, plural, one {Se detiene al instante, como si se desenchufara. Lo que no haya guardado se pierde.} other {Se detienen al instante, como si se desenchufaran. Lo que no hayan guardado se pierde.}}',
  'confirm.cancel': 'Cancelar',
  'confirm.more': '{count, plural, one {y # más} other {y # más}}',

  'order.done':
    '{verb, select, start {{done, plural, one {# iniciado} other {# iniciados}}} shutDown {{done, plural, one {# apagado} other {# apagados}}} restart {{done, plural, one {# reiniciado} other {# reiniciados}}} reset {{done, plural, one {# reiniciado a la fuerza} other {# reiniciados a la fuerza}}} pause {{done, plural, one {# en pausa} other {# en pausa}}} resume {{done, plural, one {# reanudado} other {# reanudados}}} forceOff {{done, plural, one {# apagado a la fuerza} other {# apagados a la fuerza}}} save {{done, plural, one {# guardado en disco} other {# guardados en disco}}} discardSave {{done, plural, one {# sin estado guardado} other {# sin estado guardado}}} enableAutostart {{done, plural, one {# con inicio automático} other {# con inicio automático}}} disableAutostart {{done, plural, one {# sin inicio automático} other {# sin inicio automático}}} protect {{done, plural, one {# protegido} other {# protegidos}}} unprotect {{done, plural, one {# desprotegido} other {# desprotegidos}}} rename {{done, plural, one {# con nombre nuevo} other {# con nombre nuevo}}} setTitle {{done, plural, one {# con título nuevo} other {# con título nuevo}}} setTags {{done, plural, one {# etiquetado de nuevo} other {# etiquetados de nuevo}}} setRestartPolicy {{done, plural, one {# con la política de reinicio} other {# con la política de reinicio}}} export {{done, plural, one {# exportado} other {# exportados}}} delete {{done, plural, one {# eliminado} other {# eliminados}}} takeSnapshot {{done, plural, one {# instantánea tomada} other {# instantáneas tomadas}}} restoreSnapshot {{done, plural, one {# restaurado} other {# restaurados}}} deleteSnapshot {{done, plural, one {# instantánea eliminada} other {# instantáneas eliminadas}}} editSnapshot {{done, plural, one {# instantánea cambiada} other {# instantáneas cambiadas}}} protectSnapshot {{done, plural, one {# instantánea protegida} other {# instantáneas protegidas}}} unprotectSnapshot {{done, plural, one {# instantánea desprotegida} other {# instantáneas desprotegidas}}} other {{done, plural, one {# hecho} other {# hechos}}}}',
  'order.failed':
    '{verb, select, start {{failed, plural, one {# no se pudo iniciar} other {# no se pudieron iniciar}}} shutDown {{failed, plural, one {# no se pudo apagar} other {# no se pudieron apagar}}} restart {{failed, plural, one {# no se pudo reiniciar} other {# no se pudieron reiniciar}}} reset {{failed, plural, one {# no se pudo reiniciar a la fuerza} other {# no se pudieron reiniciar a la fuerza}}} pause {{failed, plural, one {# no se pudo pausar} other {# no se pudieron pausar}}} resume {{failed, plural, one {# no se pudo reanudar} other {# no se pudieron reanudar}}} forceOff {{failed, plural, one {# no se pudo apagar a la fuerza} other {# no se pudieron apagar a la fuerza}}} save {{failed, plural, one {# no se pudo guardar en disco} other {# no se pudieron guardar en disco}}} discardSave {{failed, plural, one {# no se pudo librar del estado guardado} other {# no se pudieron librar del estado guardado}}} enableAutostart {{failed, plural, one {# se quedó sin inicio automático} other {# se quedaron sin inicio automático}}} disableAutostart {{failed, plural, one {# sigue con inicio automático} other {# siguen con inicio automático}}} protect {{failed, plural, one {# no se pudo proteger} other {# no se pudieron proteger}}} unprotect {{failed, plural, one {# no se pudo desproteger} other {# no se pudieron desproteger}}} rename {{failed, plural, one {# no pudo cambiar de nombre} other {# no pudieron cambiar de nombre}}} setTitle {{failed, plural, one {# no se pudo titular} other {# no se pudieron titular}}} setTags {{failed, plural, one {# no se pudo etiquetar} other {# no se pudieron etiquetar}}} setRestartPolicy {{failed, plural, one {# no se pudo cambiar de política de reinicio} other {# no se pudieron cambiar de política de reinicio}}} export {{failed, plural, one {# no se pudo exportar} other {# no se pudieron exportar}}} delete {{failed, plural, one {# no se pudo eliminar} other {# no se pudieron eliminar}}} takeSnapshot {{failed, plural, one {# instantánea no se pudo tomar} other {# instantáneas no se pudieron tomar}}} restoreSnapshot {{failed, plural, one {# no se pudo restaurar} other {# no se pudieron restaurar}}} deleteSnapshot {{failed, plural, one {# instantánea no se pudo eliminar} other {# instantáneas no se pudieron eliminar}}} editSnapshot {{failed, plural, one {# instantánea no se pudo cambiar} other {# instantáneas no se pudieron cambiar}}} protectSnapshot {{failed, plural, one {# instantánea no se pudo proteger} other {# instantáneas no se pudieron proteger}}} unprotectSnapshot {{failed, plural, one {# instantánea sigue protegida} other {# instantáneas siguen protegidas}}} other {{failed, plural, one {# falló} other {# fallaron}}}}',
  'order.each': 'Resultado de cada uno',
  'order.lineDone': 'Hecho',
  'order.seeTasks': '{count, plural, one {y # más, en la lista de tareas} other {y # más, en la lista de tareas}}',

  'ignored.title': '{name} aún no se ha apagado',
  'ignored.detail':
    'Se le pidió que se apagara y sigue en marcha. Puede que necesite más tiempo o que no haga caso. Si se fuerza el apagado, se pierde lo que no haya guardado.',
  'ignored.keepWaiting': 'Seguir esperando',
  'ignored.note': 'no hace caso al apagado',

  'confirm.reset.title':
    '{count, plural, one {¿Forzar el reinicio de {name}?} other {¿Forzar el reinicio de # huéspedes?}}',
  'confirm.reset.text':
    '{count, plural, one {Arranca de nuevo al instante, como con el botón de reinicio, sin que se le avise. Lo que no haya guardado se pierde.} other {Arrancan de nuevo al instante, como con el botón de reinicio, sin que se les avise. Lo que no hayan guardado se pierde.}}',
  'confirm.discardSave.title':
    '{count, plural, one {¿Descartar el estado guardado de {name}?} other {¿Descartar los estados guardados de # huéspedes?}}',
  'confirm.discardSave.text':
    '{count, plural, one {Su memoria, tal como se guardó en disco, se borra para siempre. Después arranca desde sus discos, como tras un corte de luz.} other {Su memoria, tal como se guardó en disco, se borra para siempre. Después arrancan desde sus discos, como tras un corte de luz.}}',

  'form.byHandLater': 'Las órdenes se muestran cuando el formulario está completo.',
  'form.byHandNone': 'No hay ningún comando para esto: este motor no tiene herramienta.',
  'form.gone': 'Ya no existe',
  'form.goneMore': 'Aquello de lo que se trataba ya no existe.',

  'rename.title': 'Cambiar el nombre de {name}',
  'rename.name': 'Nombre nuevo',
  'rename.rule.vm': 'Cualquier texto de una línea, sin barra (/).',
  'rename.rule.container': 'Primero letras o cifras y después también . _ y -; al menos dos signos; sin espacios.',
  'rename.fault.same': 'Ya se llama así.',
  'rename.fault.empty': 'Necesita un nombre.',
  'rename.fault.letters': '«{name}» no puede ser un nombre aquí.',
  'rename.fault.taken': 'Otro huésped de este motor se llama {name}.',

  'setTitle.title': '{count, plural, one {Título de {name}} other {Título de # huéspedes}}',
  'setTitle.instead': 'Ahora no se puede cambiar su nombre, pero puede tener un título.',
  'setTitle.field': 'Título',
  'setTitle.rule': 'Una línea propia junto al nombre. Déjela vacía para quitarla.',
  'setTitle.different': 'Títulos distintos',
  'setTitle.ruleDifferent': 'Tienen títulos distintos. Lo que escriba aquí los sustituye; un espacio solo los quita.',

  'setTags.title': '{count, plural, one {Etiquetas de {name}} other {Etiquetas de # huéspedes}}',
  'setTags.now': 'Etiquetas',
  'setTags.none': 'Aún no hay etiquetas.',
  'setTags.some': '{count, number} de {total, number}',
  'setTags.toAll': 'Poner {tag} a todos',
  'setTags.remove': 'Quitar la etiqueta {tag}',
  'setTags.add': 'Añadir etiqueta',
  'setTags.addButton': 'Añadir',
  'setTags.rule': 'Una palabra cada una. Coma, espacio o Intro la añaden.',
  'setTags.fault.letters': 'Una etiqueta es una palabra sin comas, comillas, dos puntos, & ni < >.',
  'setTags.fault.long': 'Una etiqueta tiene como mucho {longest, number} letras.',
  'setTags.fault.many': 'Un huésped tiene como mucho {most, number} etiquetas.',

  'setRestartPolicy.title':
    '{count, plural, one {Política de reinicio de {name}} other {Política de reinicio de # contenedores}}',
  'setRestartPolicy.legend': '¿Cuándo lo vuelve a iniciar el motor?',
  'setRestartPolicy.retries': 'Desistir tras este número de intentos',
  'setRestartPolicy.retriesRule': 'De 0 a {most, number}; con 0 no desiste nunca.',
  'policy.no': 'Nunca',
  'policy.no.means': 'Solo lo inicia una persona.',
  'policy.on-failure': 'Tras un fallo',
  'policy.on-failure.means': 'Cuando termina con un código de salida distinto de 0, también tras reiniciarse el motor.',
  'policy.always': 'Siempre',
  'policy.always.means': 'Cada vez que termina; también al arrancar el motor, aunque antes se hubiera parado a mano.',
  'policy.unless-stopped': 'Salvo que se pare',
  'policy.unless-stopped.means': 'Como siempre, pero el que se paró a mano sigue parado.',

  'export.title':
    '{count, plural, one {Exportar el sistema de archivos de {name}} other {Exportar los sistemas de archivos de # contenedores}}',
  'export.text':
    'Todo lo que hay en el sistema de archivos propio del contenedor va a un único archivo tar. Los volúmenes no van en él.',
  'export.noFile': 'No se ha elegido archivo',
  'export.choose': 'Elegir archivo…',
  'export.chooseFor': 'Elegir archivo para {name}…',
  'export.chooseFirst': 'Elija primero adónde va el archivo.',
  'export.taken': '{file} ya está elegido para {name}. Elija otro archivo.',
  'export.yes': 'Exportar',
  'export.yesCount': '{count, plural, one {Exportar # contenedor} other {Exportar # contenedores}}',

  'delete.title': '¿{verb} {what}?',
  'delete.yes': '{verb} {what}',
  'delete.guests': '{count, plural, one {# huésped} other {# huéspedes}}',
  'delete.disks': '{count, plural, one {# disco} other {# discos}}',
  'delete.volumes': '{count, plural, one {# volumen} other {# volúmenes}}',
  'delete.final': 'Es definitivo: aún no hay papelera y nada lo devuelve.',
  'delete.running':
    '{how, select, kill {{count, plural, one {Está en marcha: antes se mata.} other {# están en marcha: antes se matan.}}} forceOff {{count, plural, one {Está encendido: antes se apaga a la fuerza.} other {# están encendidos: antes se apagan a la fuerza.}}} other {{count, plural, one {Está en marcha: antes se termina al instante.} other {# están en marcha: antes se apagan a la fuerza o se matan.}}}}',
  'delete.looking':
    '{count, plural, one {Mirando qué le pertenece…} other {Mirando qué les pertenece: {done, number} de #…}}',
  'delete.parts': 'Lo que le pertenece',
  'delete.always': '{count, plural, one {Se va siempre.} other {Se van siempre.}}',
  'delete.stays': 'Se queda.',
  'delete.common': 'Para todos ellos',
  'delete.more':
    '{count, plural, one {y # huésped más: vale para él la elección común} other {y # huéspedes más: vale para ellos la elección común}}',
  'delete.freed': 'Quedarán libres {size}.',
  'delete.freedAtLeast': 'Quedarán libres al menos {size}.',
  'delete.leftOut':
    '{count, plural, one {# huésped queda fuera: no se pudo mirar.} other {# huéspedes quedan fuera: no se pudieron mirar.}}',
  'part.kind.definition': '{count, plural, one {Definición} other {Definición (#)}}',
  'part.kind.disk': '{count, plural, one {Disco} other {Disco (#)}}',
  'part.kind.backing': '{count, plural, one {Base de un disco} other {Base de un disco (#)}}',
  'part.kind.nvram': '{count, plural, one {Ajustes del firmware (NVRAM)} other {Ajustes del firmware (NVRAM) (#)}}',
  'part.kind.tpm': '{count, plural, one {Estado del TPM} other {Estado del TPM (#)}}',
  'part.kind.snapshots': '{count, plural, one {# instantánea} other {# instantáneas}}',
  'part.kind.snapshotFile': '{count, plural, one {Archivo de una instantánea} other {Archivo de una instantánea (#)}}',
  'part.kind.checkpoints': '{count, plural, one {# punto de control} other {# puntos de control}}',
  'part.kind.savedState': '{count, plural, one {Memoria guardada} other {Memoria guardada (#)}}',
  'part.kind.writableLayer':
    '{count, plural, one {Lo que ha escrito en su propio sistema de archivos} other {Lo que ha escrito en su propio sistema de archivos (#)}}',
  'part.kind.anonymousVolume': '{count, plural, one {Volumen sin nombre} other {Volumen sin nombre (#)}}',
  'part.kind.namedVolume': '{count, plural, one {Volumen} other {Volumen (#)}}',
  'delete.all.definition': 'Definiciones ({count, number})',
  'delete.all.disk': 'Discos ({count, number})',
  'delete.all.backing': 'Bases de discos ({count, number})',
  'delete.all.nvram': 'Ajustes del firmware (NVRAM) ({count, number})',
  'delete.all.tpm': 'Estados del TPM ({count, number})',
  'delete.all.snapshots': 'Instantáneas ({count, number})',
  'delete.all.snapshotFile': 'Archivos de instantáneas ({count, number})',
  'delete.all.checkpoints': 'Puntos de control ({count, number})',
  'delete.all.savedState': 'Memoria guardada ({count, number})',
  'delete.all.writableLayer': 'Lo que han escrito en sus propios sistemas de archivos ({count, number})',
  'delete.all.anonymousVolume': 'Volúmenes sin nombre ({count, number})',
  'delete.all.namedVolume': 'Volúmenes ({count, number})',
  'task.ignored': 'Sin hacer caso desde hace {time}',
  'byHand.title': 'A mano',
  'byHand.copyAll': 'Copiar todo',
  'byHand.copyOne': 'Copiar comando',
} as const;
