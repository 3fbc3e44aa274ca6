import { join } from 'node:path';
import { readIfThere } from '../../../shared/node/files.ts';
import type { Change } from '../../store/replicated.ts';
import { seal, unseal } from './sealed.ts';

/** The recovery key, in the order in which it is written. */
export const secretNames: readonly string[] = ['state/recovery-signing.key', 'state/recovery.pub'];

/** Files as changes. Secrets are sealed; without the CA's key in the coordinator's state folder, none are shared. */
export function createContent(state: string) {
  const caKey = async () => (await readIfThere(join(state, 'ca.key'))) ?? '';

  return {
    secrets: async () => ((await caKey()).trim() === '' ? [] : secretNames),
    async changeOf({ name, content }: { name: string; content: Buffer }): Promise<Change> {
      const sent = secretNames.includes(name) ? seal(content, name, await caKey()) : content;
      return { table: 'files', key: [name], row: { content: sent.toString('base64') } };
    },
    /** null: deleted, or sealed by somebody else. */
    async contentOf({ key: [name = ''], row }: Change): Promise<Buffer | null> {
      if (row === null) return null;
      const content = Buffer.from(String(row.content ?? ''), 'base64');
      return secretNames.includes(name) ? unseal(content, name, await caKey()) : content;
    },
  };
}
