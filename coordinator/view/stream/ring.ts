/** An event of the stream, formatted for sending. */
export interface StreamEvent {
  /** Position in this process's stream; increases by one. */
  seq: number;
  text: string;
}

/** The newest events, up to `capacity` characters, for readers that reconnect. */
export function createRing(capacity: number) {
  let events: StreamEvent[] = [];
  let size = 0;

  return {
    push(event: StreamEvent): void {
      events.push(event);
      size += event.text.length;
      while (size > capacity && events.length > 1) size -= events.shift()?.text.length ?? 0;
    },
    clear(): void {
      events = [];
      size = 0;
    },
    /** All events after `seq`; null: some are no longer available. */
    after(seq: number, newest: number): readonly StreamEvent[] | null {
      if (seq === newest) return [];
      const first = events[0]?.seq;
      if (first === undefined || seq < first - 1 || seq > newest) return null;
      return events.filter((event) => event.seq > seq);
    },
  };
}
