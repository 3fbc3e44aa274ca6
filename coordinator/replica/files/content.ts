import { hash } from 'node:crypto';
import { join } from 'node:path';
import { readIfThere } from '../../../shared/node/files.ts';
import type { Change } from '../../store/replicated.ts';
import { createAssembly, inFileParts, isHeader, isPart, namedSha256 } from './parts.ts';
import { seal, unseal } from './sealed.ts';

/** Larger files travel in parts. In bytes. */
const mostWhole = 600_000;

/** The recovery key, in the order in which it is written. */
export const secretNames: readonly string[] = ['state/recovery-signing.key', 'state/recovery.pub'];

/** Files as changes. Secrets are sealed; without the CA's key in the coordinator's state folder, none are shared. */
export function createContent(state: string) {
  const caKey = async () => (await readIfThere(join(state, 'ca.key'))) ?? '';
  const assembly = createAssembly();

  /** null: deleted, a part of a larger one, or sealed by somebody else. Throws MusterError `shared-file-incomplete`. */
  async function contentOf(change: Change): Promise<Buffer | null> {
    const { key, row } = change;
    const [name = ''] = key;
    if (isPart(change)) assembly.take(change);
    if (isPart(change) || row === null) return null;
    if (isHeader(change)) return assembly.complete(change);
    const content = Buffer.from(String(row.content ?? ''), 'base64');
    return secretNames.includes(name) ? unseal(content, name, await caKey()) : content;
  }

  return {
    secrets: async () => ((await caKey()).trim() === '' ? [] : secretNames),
    async changesOf({ name, content }: { name: string; content: Buffer }): Promise<Change[]> {
      if (content.length > mostWhole) return inFileParts(name, content);
      const sent = secretNames.includes(name) ? seal(content, name, await caKey()) : content;
      return [{ table: 'files', key: [name], row: { content: sent.toString('base64') } }];
    },
    contentOf,
    /** The hash of the content that a change completes; null: it completes none. */
    async sha256Of(change: Change): Promise<string | null> {
      if (isHeader(change)) return namedSha256(change);
      const content = isPart(change) ? null : await contentOf(change);
      return content === null ? null : hash('sha256', content);
    },
  };
}
