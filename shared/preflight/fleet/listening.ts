import type { Member } from './known.ts';

/** Since which report a host's port listens, compared with when other hosts last looked at it. */
export function createListening() {
  let turn = 0;
  const since = new Map<string, number>();
  const looked = new Map<string, number>();
  const portsOf = (member: Member | undefined) =>
    new Set(member?.facts.ports.map(({ port }) => `${member.name}:${port}`));

  return {
    change(name: string, before: Member | undefined, after: Member | undefined): void {
      if (before?.facts === after?.facts) return;
      turn += 1;
      const [had, has] = [portsOf(before), portsOf(after)];
      for (const port of had) if (!has.has(port)) since.delete(port);
      for (const port of has) if (!had.has(port)) since.set(port, turn);
      if (after === undefined) looked.delete(name);
      else looked.set(name, turn);
    },
    /** Whether `port` (`host:port`) was known to listen when the host `name` last looked. */
    listenedBefore: (port: string, name: string): boolean =>
      (since.get(port) ?? Number.POSITIVE_INFINITY) < (looked.get(name) ?? 0),
  };
}
