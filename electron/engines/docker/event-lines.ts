import { DockerError } from './docker-error.ts';
import { type EngineEvent, engineEvent } from './wire.ts';

/** No event is near this long: such a line is no event. */
const longestLine = 1024 * 1024;

/**
 * Turns the bytes of GET /events into events. Lines and UTF-8 letters may be split anywhere between chunks.
 */
export class EventLines {
  readonly #decoder = new TextDecoder('utf-8');
  #rest = '';

  /** @throws DockerError of kind `garbage` for what is no event: the stream can't be trusted any more */
  push(chunk: Uint8Array): EngineEvent[] {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > longestLine) throw new DockerError('garbage', 'an endless line among the events');
    return lines.flatMap((line) => (line.trim() === '' ? [] : [parse(line)]));
  }
}

function parse(raw: string): EngineEvent {
  // From API 1.52 an engine may choose JSON text sequences (RFC 7464): a record separator before each.
  const line = raw.startsWith('\u001e') ? raw.slice(1) : raw;
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    throw new DockerError('garbage', `no event: ${line.slice(0, 200)}`, { cause: error });
  }
  const event = engineEvent.safeParse(json);
  if (!event.success) {
    throw new DockerError('garbage', `no event: ${line.slice(0, 200)}`, { cause: event.error });
  }
  return event.data;
}
