import { readFile } from 'node:fs/promises';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { unlessMissing } from '../../shared/node/files.ts';
import { manifestName, signatureName } from '../../shared/protocol/release.ts';
import type { Host } from '../host/host.ts';
import type { Client } from '../link/client.ts';
import type { AgentPaths } from '../paths.ts';
import type { createPrograms } from './programs.ts';
import { verifyRelease } from './release.ts';
import type { trialFiles } from './trial.ts';

interface Parts {
  paths: AgentPaths;
  host: Host;
  client: Pick<Client, 'download'>;
  log: Logger;
  files: ReturnType<typeof trialFiles>;
  programs: ReturnType<typeof createPrograms>;
  version: string;
  arch: string;
}

/**
 * Downloads, verifies and installs a release, then has systemd start it on trial. Throws MusterError
 * `update-impossible`, `update-unsigned`, `update-mismatch`, `update-downgrade` or `update-unpack`.
 */
export function createInstall({ paths, host, client, log, files, programs, version, arch }: Parts) {
  return async function install(wanted: string, signal: AbortSignal): Promise<void> {
    const publicKey = await unlessMissing(readFile(paths.releaseKey, 'utf8'));
    const before = { agent: await programs.current('agent'), runtime: await programs.current('runtime') };
    if (publicKey === null || before.agent === null || before.runtime === null) {
      throw new MusterError('update-impossible');
    }
    const [manifest, signature] = await Promise.all(
      [manifestName(arch), signatureName(arch)].map((name) => client.download(`/artefacts/${name}`, signal)),
    );
    const signed = { manifest: manifest ?? Buffer.alloc(0), signature: signature?.toString() ?? '' };
    const release = verifyRelease(signed, { publicKey, wanted, own: version });
    const runtime = await programs.fetch('runtime', `runtime-${arch}.tar.gz`, release, signal);
    const agent = await programs.fetch('agent', 'agent.tar.gz', release, signal);
    signal.throwIfAborted();
    await files.forgetFailure();
    await files.begin({ version: release.version, agent: before.agent, runtime: before.runtime });
    if (runtime !== before.runtime) await programs.use('runtime', runtime);
    await programs.use('agent', agent);
    log.info('update installed; starting the new agent on trial', { from: version, to: release.version });
    await host.run('systemctl', ['--no-block', 'restart', paths.unit]);
  };
}
