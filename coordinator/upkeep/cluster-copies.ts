import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { secretKindOf } from '../../shared/node/age.ts';
import { unlessMissing, writeAtomically } from '../../shared/node/files.ts';
import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import { mostClusterCopyBytes } from '../../shared/protocol/safekeeping.ts';
import type { News } from '../store/news.ts';

const namePattern = /^cluster-\d{8}T\d{6}Z\.tar\.gz\.age$/;

export interface ClusterCopiesOptions {
  /** The coordinator's state folder. */
  state: string;
  plan: () => Plan;
  news: News;
}

/** The newest backup of the cluster for hosts that keep copies: encrypted by a control plane, so nobody here can read it. */
export function createClusterCopies({ state, plan, news }: ClusterCopiesOptions) {
  const folder = join(state, 'cluster-backups');
  let copy: { name: string; sha256: string } | null = null;

  return {
    /** Receives a backup of a control plane. Throws MusterError `copy-unknown` or `cluster-backup-too-large`. */
    async receive(host: string, name: string, content: AsyncIterable<Buffer>): Promise<void> {
      const isControlPlane = controlPlanesOf(plan()).some((one) => one.name === host);
      if (!isControlPlane || !namePattern.test(name) || plan().backup.copies.length === 0) {
        throw new MusterError('copy-unknown');
      }
      const bytes = await collected(content);
      if (secretKindOf(bytes.subarray(0, 100)) !== 'recovery-key') throw new MusterError('copy-unknown');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeAtomically(join(folder, name), bytes, { mode: 0o600 });
      const others = (await readdir(folder)).filter((one) => one !== name);
      for (const old of others) await rm(join(folder, old), { force: true });
      copy = { name, sha256: hash('sha256', bytes) };
      for (const one of plan().backup.copies) news.emit('target', one);
    },
    /** Finds the copy that an earlier process received. */
    async open(): Promise<void> {
      const name = ((await unlessMissing(readdir(folder))) ?? [])
        .filter((one) => namePattern.test(one))
        .sort()
        .at(-1);
      if (name !== undefined) copy = { name, sha256: hash('sha256', await readFile(join(folder, name))) };
    },
    /** The copy that a host should keep, as part of its target. */
    targetFor(host: string): Pick<Target, 'clusterCopy'> {
      const { copies, keep } = plan().backup;
      return copy !== null && copies.includes(host) ? { clusterCopy: { ...copy, keep } } : {};
    },
    /** The path of the copy if this host may download it, or null. */
    pathFor: (host: string, name: string): string | null =>
      copy?.name === name && plan().backup.copies.includes(host) ? join(folder, name) : null,
  };
}

async function collected(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > mostClusterCopyBytes) {
      throw new MusterError('cluster-backup-too-large', { size, most: mostClusterCopyBytes }, { status: 413 });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
