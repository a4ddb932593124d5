/** Snapshots: the pane beside the list, and its forms. */
export const snapshots = {
  'because.snapshotProtected': 'Está protegida: quite antes la protección.',
  'because.snapshotNotProtected': 'No está protegida.',
  'because.noAgent': 'Su agente de huésped no responde.',
  'snapshot.says.memory':
    'También se guarda su memoria: al restaurarla, sigue exactamente donde está ahora. Eso ocupa hasta {gib, number} GiB más.',
  'snapshot.says.pause': 'Mientras tanto se detiene, unos {seconds, plural, one {# segundo} other {# segundos}}.',
  'snapshot.says.diskOnly':
    'Solo se guardan sus discos y mientras tanto sigue en marcha: al restaurarla, arranca de nuevo, como tras un corte de luz.',
  'snapshot.says.off': 'Está apagado, así que sus discos son todo lo que hay que guardar.',
  'snapshot.says.freeze': 'Su agente pone en reposo los sistemas de archivos un momento, para que queden íntegros.',
  'failure.detail.snapshotGone': 'Esta instantánea ya no existe.',
} as const;
