import { hash } from 'node:crypto';
import { lt } from 'semver';
import { MusterError } from '../../shared/errors/errors.ts';
import { agentPaths } from '../../shared/paths.ts';
import { manifestName, releaseKeyName, signatureName } from '../../shared/protocol/release.ts';
import { version } from '../../shared/version.ts';
import { readRelease } from '../update/release.ts';
import type { StepContext } from './step.ts';

/** What setup.sh needs beside it. */
const filesFor = (arch: string) => [
  ...[`runtime-${arch}.tar.gz`, 'agent.tar.gz', 'coordinator.tar.gz'],
  ...['install.sh', 'setup.sh', 'common.sh'],
];

/**
 * Downloads the coordinator's release into a folder. Nothing is kept that the release key did not sign. Throws
 * MusterError `update-unsigned`, `update-mismatch` or `update-downgrade`.
 */
export async function fetchSetup({ host, facts, artefact }: StepContext, folder: string): Promise<void> {
  const publicKey = await host.readFile(agentPaths.releaseKey);
  if (publicKey === null) throw new MusterError('update-impossible');
  const manifest = await artefact(manifestName(facts.arch));
  const signature = await artefact(signatureName(facts.arch));
  const release = readRelease({ manifest, signature: signature.toString() }, publicKey);
  if (lt(release.version, version)) {
    throw new MusterError('update-downgrade', { offered: release.version, own: version });
  }
  await host.removeTree(folder);
  for (const name of filesFor(facts.arch)) {
    const content = await artefact(name);
    if (release.files[name] !== hash('sha256', content)) {
      const seen = { en: `the checksum of ${name} differs`, zh: `${name} 的校验和不一致` };
      throw new MusterError('update-mismatch', { seen });
    }
    await host.writeFile(`${folder}/${name}`, content, { mode: 0o600 });
  }
  await host.writeFile(`${folder}/${manifestName(facts.arch)}`, manifest, { mode: 0o600 });
  await host.writeFile(`${folder}/${signatureName(facts.arch)}`, signature, { mode: 0o600 });
  await host.writeFile(`${folder}/${releaseKeyName}`, publicKey, { mode: 0o600 });
}
