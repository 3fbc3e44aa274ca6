import { createPrivateKey, X509Certificate } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import { jsonOrUndefined } from '../../shared/json.ts';
import { createRecoveryKey } from '../../shared/node/age.ts';
import { openText } from '../../shared/node/sealed-text.ts';
import { agentPaths } from '../../shared/paths.ts';
import { type CoordinatorKeys, coordinatorKeysSchema, neededKeys } from '../../shared/protocol/coordinator-keys.ts';
import type { StepContext } from './step.ts';

/**
 * Asks the active coordinator for the keys that all coordinators share and writes them into a folder. The identity that
 * opens the answer lives in memory for this one request. Throws MusterError `coordinator-keys-invalid`.
 */
export async function fetchKeys({ host, coordinatorKeys }: StepContext, folder: string): Promise<void> {
  const { secret, publicKey } = await createRecoveryKey();
  const { files } = await open(await coordinatorKeys(publicKey), secret);
  const trusted = await host.readFile(agentPaths.ca);
  if (!isComplete(files) || files['ca.crt']?.trim() !== trusted?.trim())
    throw new MusterError('coordinator-keys-invalid');
  await host.removeTree(folder);
  for (const [name, content] of Object.entries(files))
    await host.writeFile(`${folder}/${name}`, content, { mode: 0o600 });
}

async function open(sealed: Buffer, secret: string): Promise<CoordinatorKeys> {
  try {
    return coordinatorKeysSchema.parse(jsonOrUndefined(await openText(sealed, secret)));
  } catch (cause) {
    throw new MusterError('coordinator-keys-invalid', {}, { cause });
  }
}

/** All needed keys are there, and each certificate belongs to its key. */
function isComplete(files: CoordinatorKeys['files']): boolean {
  if (neededKeys.some((name) => files[name] === undefined)) return false;
  const fits = (name: 'ca' | 'server') =>
    new X509Certificate(files[`${name}.crt`] ?? '').checkPrivateKey(createPrivateKey(files[`${name}.key`] ?? ''));
  try {
    return fits('ca') && fits('server');
  } catch {
    return false;
  }
}
