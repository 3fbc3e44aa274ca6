import { dirname } from 'node:path';
import type { Change } from '../../shared/steps/change.ts';
import { journalFile } from '../../shared/steps/content/host-settings.ts';
import { done, type Resource, todo } from '../changes/resource.ts';
import type { Host } from '../host/host.ts';

/** An existing limit belongs to the operator and is kept. */
export const journalLimit: Resource<'journal-limit'> = {
  async look(change, host) {
    const [current, limited] = await Promise.all([host.readFile(change.path), limitedBy(change, host)]);
    const wanted = wantedOf(change, limited);
    if (current === wanted) {
      if (limited === null) return done;
      return { state: 'done', message: { en: `limited by ${limited}`, zh: `由 ${limited} 限制` } };
    }
    return wanted === null
      ? todo({ en: `${change.path}: not needed`, zh: `${change.path}：不需要` })
      : todo({
          en: `journal: no size limit (required: ${change.maxUse})`,
          zh: `日志：无大小限制（要求：${change.maxUse}）`,
        });
  },
  async set(change, { host }) {
    const wanted = wantedOf(change, await limitedBy(change, host));
    await (wanted === null ? host.removeFile(change.path) : host.writeFile(change.path, wanted));
  },
};

const wantedOf = ({ maxUse }: Change<'journal-limit'>, limited: string | null) =>
  maxUse === null || limited !== null ? null : journalFile(maxUse);

/** Path of an operator's file that limits the journal; null: none. */
async function limitedBy({ path: own }: Change<'journal-limit'>, host: Host): Promise<string | null> {
  const folder = dirname(own);
  const names = (await host.list(folder)).filter((name) => name.endsWith('.conf'));
  const paths = ['/etc/systemd/journald.conf', ...names.map((name) => `${folder}/${name}`)];
  for (const path of paths.filter((candidate) => candidate !== own)) {
    if (/^[ \t]*SystemMaxUse\s*=\s*\S/m.test((await host.readFile(path)) ?? '')) return path;
  }
  return null;
}
