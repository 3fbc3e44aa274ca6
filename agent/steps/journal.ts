import { journalFile } from '../../shared/steps/content/host-settings.ts';
import type { Host } from '../host/host.ts';
import { changeUnit } from '../machine/unit.ts';
import type { CheckResult, Step } from './step.ts';

const folder = '/etc/systemd/journald.conf.d';
const file = `${folder}/50-muster.conf`;

/** A limit that the host already has is the operator's, and stays. */
export const journal: Step = {
  id: 'journal',

  async check({ host, assignment }): Promise<CheckResult> {
    const maxUse = assignment.settings.preparation.journalMaxUse;
    const [current, limited] = await Promise.all([host.readFile(file), limitedBy(host)]);
    const wanted = maxUse === null || limited !== null ? null : journalFile(maxUse);
    if (current === wanted)
      return limited === null ? { state: 'done' } : { state: 'done', message: `limited by ${limited}` };
    return {
      state: 'todo',
      message: wanted === null ? `${file} is not needed` : 'the journal has no limit of its own',
    };
  },

  async apply({ host, assignment }) {
    const maxUse = assignment.settings.preparation.journalMaxUse;
    if (maxUse === null || (await limitedBy(host)) !== null) await host.removeFile(file);
    else await host.writeFile(file, journalFile(maxUse));
    await changeUnit(host, 'try-restart', 'systemd-journald');
  },
};

/** The file of the operator that limits the journal; null: none does. */
async function limitedBy(host: Host): Promise<string | null> {
  const names = (await host.list(folder)).filter((name) => name.endsWith('.conf'));
  const paths = ['/etc/systemd/journald.conf', ...names.map((name) => `${folder}/${name}`)];
  for (const path of paths.filter((candidate) => candidate !== file)) {
    if (/^\s*SystemMaxUse\s*=\s*\S/m.test((await host.readFile(path)) ?? '')) return path;
  }
  return null;
}
