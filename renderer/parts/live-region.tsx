import type { Announcement } from '../stores/announcer.ts';
import { useAnnouncer, useText } from '../stores/context.tsx';
import type { Text } from '../text/make-text.ts';
import { shownText } from '../text/shown-text.ts';

/** What a screen reader says of changes that the person cares about. */
export function LiveRegion() {
  const text = useText();
  const now = useAnnouncer((announcer) => announcer.now);
  return (
    <div className="for-readers" aria-live="polite" role="status">
      {now.map((announcement) => words(announcement, text)).join('. ')}
    </div>
  );
}

function words(announcement: Announcement, text: Text): string {
  if (announcement.about === 'many') return text.t('announce.many', { count: announcement.count });
  if (announcement.about === 'state') {
    const { name, state } = announcement.guest;
    return text.t('announce.state', { name, state: text.t(`state.${state}`) });
  }
  if (announcement.about === 'filter') return shownText(announcement.shown, announcement.total, text);
  if (announcement.about === 'engine') {
    const { name, state } = announcement.engine;
    return text.t('engine.status', { name, state: text.t(`engine.${state}`) });
  }
  const { task } = announcement;
  return text.t('announce.task', {
    outcome: task.state,
    label: text.message(task.label),
    name: task.guestName,
    detail: task.failure?.detail ? text.message(task.failure.detail) : '',
  });
}
