import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MusterError } from '../../shared/errors/errors.ts';
import { secretKindOf } from '../../shared/node/age.ts';
import { unlessMissing, writeAtomically } from '../../shared/node/files.ts';
import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import { mostClusterCopyBytes } from '../../shared/protocol/safekeeping.ts';
import type { News } from '../store/news.ts';

const namePattern = /^cluster-\d{8}T\d{6}Z\.tar\.gz\.age$/;
/** Bytes that show whether a file is encrypted to a recovery key. */
const startBytes = 100;

export interface ClusterCopiesOptions {
  /** The coordinator's state folder. */
  state: string;
  plan: () => Plan;
  news: News;
}

/**
 * The newest backup of the cluster for hosts that keep copies: encrypted by a control plane, so nobody here can read it.
 * It passes through in pieces, and one at a time: the largest is 200 MiB.
 */
export function createClusterCopies({ state, plan, news }: ClusterCopiesOptions) {
  const folder = join(state, 'cluster-backups');
  let copy: { name: string; sha256: string } | null = null;
  let isBusy = false;

  async function alone(work: () => Promise<void>): Promise<void> {
    if (isBusy) throw new MusterError('copy-in-progress');
    isBusy = true;
    try {
      await work();
    } finally {
      isBusy = false;
    }
  }

  function refuseStranger(host: string, name: string): void {
    const isControlPlane = controlPlanesOf(plan()).some((one) => one.name === host);
    if (!isControlPlane || !namePattern.test(name) || plan().backup.copies.length === 0) {
      throw new MusterError('copy-unknown');
    }
  }

  async function removeOthers(name: string | undefined): Promise<void> {
    const others = ((await unlessMissing(readdir(folder))) ?? []).filter((one) => one !== name);
    for (const other of others) await rm(join(folder, other), { force: true });
  }

  return {
    /**
     * Receives a backup of a control plane. Throws MusterError `copy-unknown`, `copy-in-progress`,
     * `cluster-backup-too-large`, or that of a full disk.
     */
    async receive(host: string, name: string, content: AsyncIterable<Buffer>): Promise<void> {
      refuseStranger(host, name);
      await alone(async () => {
        const sum = createHash('sha256');
        await writeAtomically(join(folder, name), checked(content, sum), { mode: 0o600, folderMode: 0o700 });
        await removeOthers(name);
        copy = { name, sha256: sum.digest('hex') };
      });
      for (const one of plan().backup.copies) news.emit('target', one);
    },
    /** Finds the copy that an earlier process received, and removes what it received in part. */
    open: () =>
      alone(async () => {
        const names = ((await unlessMissing(readdir(folder))) ?? []).filter((one) => namePattern.test(one));
        const name = names.sort().at(-1);
        await removeOthers(name);
        if (name === undefined) return;
        const sum = createHash('sha256');
        await pipeline(createReadStream(join(folder, name)), sum);
        copy = { name, sha256: sum.digest('hex') };
      }),
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

/** Passes a backup on, and adds it to the checksum. Throws once it is too large or not encrypted to a recovery key. */
async function* checked(content: AsyncIterable<Buffer>, sum: Hash): AsyncGenerator<Buffer> {
  let size = 0;
  let start = Buffer.alloc(0);
  const isSealed = () => secretKindOf(start) === 'recovery-key';
  for await (const chunk of content) {
    size += chunk.length;
    if (size > mostClusterCopyBytes) {
      throw new MusterError('cluster-backup-too-large', { size, most: mostClusterCopyBytes }, { status: 413 });
    }
    if (start.length < startBytes) start = Buffer.concat([start, chunk.subarray(0, startBytes)]);
    if (start.length >= startBytes && !isSealed()) throw new MusterError('copy-unknown');
    sum.update(chunk);
    yield chunk;
  }
  if (!isSealed()) throw new MusterError('copy-unknown');
}
