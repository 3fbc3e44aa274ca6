import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { constants, open, rm, statfs } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { unlessMissing } from '../../shared/node/files.ts';
import type { AgentPaths } from '../paths.ts';
import { absent, contentOf, linkTo } from '../prior/file.ts';
import { createRecorder } from '../prior/recorder.ts';
import { lookAtFile, pathsBelowFolder, removeIfEmpty, replaceByLink, restoreFile } from './file-state.ts';
import { watchFolder } from './folder-watch.ts';
import type { Host, HostView } from './host.ts';
import { lockOf } from './lock.ts';
import { runProgram } from './program.ts';
import { createTransientUnits } from './transient-unit.ts';
import { deleteFile, fileBehind, replaceFile } from './write-file.ts';

/**
 * Synchronous calls for what the kernel answers from memory: the thread pool costs several times as much, and drift
 * detection makes hundreds of such calls a minute.
 */
const atOnce = async <T>(look: () => T): Promise<T> => look();
const lookAt = (path: string) => unlessMissing(atOnce(() => lstatSync(path)));
const isOfKernel = (path: string) => /^\/(?:proc|sys)\//.test(path);

/** Size limit of a file that is read whole, in bytes; dpkg's database is the largest. */
const mostRead = 64 * 1024 ** 2;

/**
 * Some files belong to others, such as the coordinator's user. A pipe would never end, and a device has no text: a masked
 * unit is a link to /dev/null. null: a folder, which docker creates for a missing file that a container mounts.
 */
async function readText(path: string): Promise<string | null> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (found.isDirectory()) return null;
    if (!found.isFile()) return '';
    if (found.size > mostRead) throw new RangeError(`${path}: ${found.size} bytes exceed the limit of ${mostRead}`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

const view: HostView = {
  run: runProgram,
  readFile: (path) => unlessMissing(isOfKernel(path) ? atOnce(() => readFileSync(path, 'utf8')) : readText(path)),
  list: async (path) => ((await unlessMissing(atOnce(() => readdirSync(path)))) ?? []).sort(),
  async readLink(path) {
    const found = await lookAt(path);
    return found?.isSymbolicLink() === true ? readlinkSync(path) : null;
  },
  exists: async (path) => existsSync(path),
  async stamp(path) {
    const found = await lookAt(path);
    return found === null ? null : [found.ino, found.size, found.mtimeMs, found.mode].join(':');
  },
  fileState: lookAtFile,
  below: pathsBelowFolder,
  lock: lockOf,
  async inodes(path) {
    const found = await statfs(path).catch(() => null);
    return found === null ? null : { free: found.ffree, all: found.files };
  },
};

/** The port to the real machine. `paths`: the agent's own files. */
export function createHost(paths: AgentPaths): Host {
  const prior = createRecorder(paths, view);

  async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await delay(ms, undefined, signal === undefined ? {} : { signal }).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
  }

  const units = createTransientUnits({ run: runProgram, sleep, folder: paths.runs });

  return {
    ...view,
    runUnit: units.runUnit,
    unitState: units.unitState,
    async writeFile(path, content, { mode } = {}) {
      const file = await fileBehind(path);
      await prior.file(file, contentOf(content));
      await replaceFile(file, content, { mode, attributes: prior.covers(file) });
    },
    async removeFile(path) {
      await prior.file(path, absent);
      await deleteFile(path);
    },
    async symlink(target, path) {
      await prior.file(path, linkTo(target));
      await replaceByLink(target, path);
    },
    restore: restoreFile,
    removeFolder: removeIfEmpty,
    removeTree: (path) => rm(path, { recursive: true, force: true }),
    remember: prior.thing,
    recall: prior.recall,
    watch(folders, onChange, signal) {
      for (const folder of folders) watchFolder(folder, onChange, signal);
    },
    now: () => new Date(),
    sleep,
  };
}
