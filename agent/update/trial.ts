import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeDurably, unlessMissing, writeAtomically } from '../../shared/node/files.ts';
import type { AgentPaths } from '../paths.ts';

/** A new agent on trial, and the link targets to roll back to, such as releases/agent-0123456789ab. */
export interface Trial {
  version: string;
  agent: string;
  runtime: string;
}

/** An update that was rolled back. */
export interface Failure {
  version: string;
  message: string;
}

/**
 * State files shared with deploy/update-guard.sh, as NAME=VALUE lines. `trial`: an agent that does not report in time
 * is rolled back; `failed`: that has happened.
 */
export function trialFiles(paths: AgentPaths) {
  const files = { trial: join(paths.update, 'trial'), failed: join(paths.update, 'failed') };

  async function read(path: string): Promise<Map<string, string> | null> {
    const text = await unlessMissing(readFile(path, 'utf8'));
    if (text === null) return null;
    const lines = text.split('\n').filter((line) => line.includes('='));
    return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  }

  return {
    async trial(): Promise<Trial | null> {
      const values = await read(files.trial);
      const get = (name: string) => values?.get(name) ?? '';
      return values && { version: get('version'), agent: get('agent'), runtime: get('runtime') };
    },
    async failure(): Promise<Failure | null> {
      const values = await read(files.failed);
      return values && { version: values.get('version') ?? '', message: values.get('message') ?? '' };
    },
    begin: ({ version, agent, runtime }: Trial) =>
      writeAtomically(files.trial, `version=${version}\nagent=${agent}\nruntime=${runtime}\n`, {
        mode: 0o600,
        folderMode: 0o700,
      }),
    endTrial: () => removeDurably(files.trial),
    forgetFailure: () => removeDurably(files.failed),
  };
}
