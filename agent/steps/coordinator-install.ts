import { dirname } from 'node:path';
import { lt } from 'semver';
import { MusterError } from '../../shared/errors/errors.ts';
import { agentPaths, coordinatorPaths } from '../../shared/paths.ts';
import { manifestName } from '../../shared/protocol/release.ts';
import { version } from '../../shared/version.ts';
import { output } from '../machine/program.ts';
import { releaseIn } from '../update/release.ts';
import { fetchKeys } from './coordinator-keys.ts';
import { fetchSetup } from './coordinator-setup.ts';
import { changesOf } from './declared.ts';
import type { CheckResult, Step, StepContext } from './step.ts';

const unitFile = `${agentPaths.units}/${coordinatorPaths.unit}`;
const caFile = `${coordinatorPaths.state}/ca.crt`;
export const setupFolder = `${agentPaths.state}/coordinator`;
/** On tmpfs: the keys reach a disk only where the coordinator keeps them. */
export const keysFolder = `${agentPaths.volatile}/coordinator`;
/** Owner and mode: coordinators share the plan, so each writes it into this folder. */
const planFolder = dirname(coordinatorPaths.plan);
const shared = 'root:muster 770';

/**
 * Installs a coordinator on each of several control planes, from the release that the active one offers, and keeps it
 * at the agent's version. A coordinator of this cluster that is here already is kept.
 */
export const coordinatorInstall: Step = {
  id: 'coordinator-install',

  async check(context) {
    if (!isWanted(context)) return { state: 'done' };
    const missing = await missingOf(context);
    if (missing !== null) return todo(missing);
    if (!(await context.host.exists(agentPaths.coordinatorMark))) return todo(agentPaths.coordinatorMark);
    const seen = await ownerAndMode(context);
    return seen === shared ? { state: 'done' } : todo(`${planFolder}: ${seen} (${shared})`);
  },

  async apply(context) {
    if (!isWanted(context)) return;
    // Removed with the role, also if an operator installed it: its keys stay on control planes only.
    await context.host.writeFile(agentPaths.coordinatorMark, '', { mode: 0o600 });
    if ((await missingOf(context)) !== null) await install(context);
    await output(context.host, 'chown', ['-h', 'root:muster', planFolder]);
    await output(context.host, 'chmod', ['0770', planFolder]);
  },
};

const isWanted = (context: StepContext) => changesOf('coordinator-install', context).length > 0;

const todo = (seen: string): CheckResult => ({ state: 'todo', message: { en: seen, zh: seen } });

/** What this host lacks of a coordinator; null: nothing. Throws MusterError `coordinator-of-another-cluster`. */
async function missingOf({ host, facts }: StepContext): Promise<string | null> {
  const [ca, trusted] = [await host.readFile(caFile), await host.readFile(agentPaths.ca)];
  if (ca !== null && ca.trim() !== trusted?.trim()) {
    throw new MusterError('coordinator-of-another-cluster', { path: caFile, trusted: agentPaths.ca });
  }
  if (!(await host.exists(unitFile))) return unitFile;
  if (ca === null) return caFile;
  const manifest = await host.readFile(`${coordinatorPaths.artefacts}/${manifestName(facts.arch)}`);
  const installed = releaseIn(manifest)?.version ?? null;
  return installed === null || lt(installed, version) ? `muster ${installed ?? '?'} (${version})` : null;
}

async function ownerAndMode({ host }: StepContext): Promise<string> {
  const { stdout } = await host.run('stat', ['-c', '%U:%G %a', planFolder]);
  return stdout.trim();
}

/** Runs setup.sh of the release; a run that an earlier agent began is awaited. */
async function install(context: StepContext): Promise<void> {
  const { host, say, runLong } = context;
  if ((await host.unitState('coordinator-install')) === 'none') {
    say({ en: 'downloading the coordinator', zh: '正在下载协调器' });
    await fetchSetup(context, setupFolder);
    if (!(await host.exists(caFile))) await fetchKeys(context, keysFolder);
  }
  try {
    const { exitCode, tail } = await runLong('sh', [`${setupFolder}/setup.sh`, '--standby', keysFolder]);
    if (exitCode !== 0) {
      throw new MusterError('coordinator-setup-failed', { reason: tail.slice(-2).join(' / ') || `exit ${exitCode}` });
    }
  } finally {
    if (!context.signal.aborted) {
      await host.removeTree(setupFolder);
      await host.removeTree(keysFolder);
    }
  }
}
