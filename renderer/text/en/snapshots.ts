/** Snapshots: the pane beside the list, and its forms. */
export const snapshots = {
  'because.snapshotProtected': 'It is protected: take the protection off first.',
  'because.snapshotNotProtected': 'It is not protected.',
  'because.noAgent': 'Its guest agent does not answer.',
  'snapshot.says.memory':
    'Its memory is kept too: restored, it goes on exactly where it is now. That takes up to {gib, number} GiB more.',
  'snapshot.says.pause': 'It stands still meanwhile, for about {seconds, plural, one {# second} other {# seconds}}.',
  'snapshot.says.diskOnly':
    'Only its disks are kept, and it runs on meanwhile: restored, it starts anew, as after a power cut.',
  'snapshot.says.off': 'It is off, so its disks are all there is to keep.',
  'snapshot.says.freeze': 'Its agent brings the file systems to rest for a moment, so that they are whole.',
  'failure.detail.snapshotGone': 'This snapshot does not exist any more.',
} as const;
