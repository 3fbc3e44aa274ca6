import { mkdir, rm } from 'node:fs/promises';
import { basePart } from './build/base.ts';
import { communityPart } from './build/community.ts';
import { createDebian } from './build/debian.ts';
import { dockerPart } from './build/docker.ts';
import { imagesPart, pushPart } from './build/images.ts';
import { kubernetesPart } from './build/kubernetes.ts';
import { mirrorPart, unstablePart } from './build/mirror.ts';
import { packagesPart } from './build/packages.ts';
import { ensurePart, type Part } from './build/part.ts';
import { preparedDisk, preparedPart } from './build/prepared.ts';
import { endSigning } from './build/repository.ts';
import { toolsPart } from './build/tools.ts';
import { createProgress } from './cli/progress.ts';
import { disks, ensureDisk } from './host/disk.ts';
import { killHost, wipeHost } from './host/power.ts';
import type { Setup } from './host/setup.ts';
import { hostNamed, labPaths, type Runtime } from './layout.ts';
import { removeLabCgroup } from './machine/cgroups.ts';
import { raiseSharedLimits } from './machine/limits.ts';
import { lockName, whileBuilding, withLock } from './machine/lock.ts';
import { ensurePrerequisites } from './machine/prerequisites.ts';
import { endProcess, processNames, stopProcess } from './machine/processes.ts';
import { createNetwork, networkStands, processesInLab, removeNetwork } from './network.ts';
import { ensureServices } from './servers/services.ts';
import { defaultSystem, oldestSystem, suites, systems, unstable } from './systems.ts';

interface LabOptions {
  log: (line: string) => void;
  setups?: readonly Setup[];
}

/** What every lab needs; `others`: further package repositories, of which no host's disk is made. */
function partsOfLab(): { all: Part[]; others: Part[]; images: Part } {
  const debian = createDebian(suites[defaultSystem]);
  const kubernetes = kubernetesPart(debian);
  const tools = toolsPart(debian, createDebian(suites[oldestSystem]));
  const images = imagesPart(kubernetes, tools);
  const own = [basePart(debian, defaultSystem), mirrorPart(debian, defaultSystem)];
  const packages = packagesPart(kubernetes, tools);
  return {
    all: [tools, kubernetes, ...own, packages, images],
    others: [communityPart(packages), dockerPart(own)],
    images,
  };
}

/** What hosts of these setups need besides. */
function partsOfSetups(setups: readonly Setup[]): Part[] {
  const others = systems.filter((one) => one !== defaultSystem && setups.some(({ system }) => system === one));
  const parts = others.flatMap((system) => {
    const debian = createDebian(suites[system]);
    return [basePart(debian, system), mirrorPart(debian, system)];
  });
  return setups.some(({ newestRuntime }) => newestRuntime) ? [...parts, unstablePart(createDebian(unstable))] : parts;
}

/**
 * Builds what is missing or outdated for hosts of these setups and starts the network and its services, but no host.
 * Cleans up after an interrupted run. `log` receives one line at a time. Throws LabError if this machine cannot run
 * the lab.
 */
export async function ensureLab({ log, setups = [] }: LabOptions): Promise<void> {
  const progress = createProgress(log);
  await ensurePrerequisites(progress);
  await raiseSharedLimits();
  await withLock('up', async () => {
    await mkdir(labPaths.cache, { recursive: true });
    const { all, others, images } = partsOfLab();
    await whileBuilding(async () => {
      for (const part of [...all, ...others, ...partsOfSetups(setups)]) await ensurePart(part, progress);
      await endSigning();
    });
    if (!(await networkStands())) {
      // Hosts that still run have permanently lost their network.
      await endEverything();
      await createNetwork();
    }
    await ensureServices();
    await whileBuilding(() => ensurePart(pushPart(images), progress));
  });
}

/**
 * Gives hosts new disks with a node's packages and images, and leaves them powered off. The disk to copy is built on
 * first use.
 */
export async function prepareDisks(
  names: readonly string[],
  runtime: Runtime,
  log: (line: string) => void,
): Promise<void> {
  await ensureLab({ log });
  const part = preparedPart(runtime, partsOfLab().all);
  await withLock('up', () => whileBuilding(() => ensurePart(part, createProgress(log))));
  await Promise.all(
    names.map(async (name) => {
      await wipeHost(name);
      await ensureDisk(name, preparedDisk(runtime));
    }),
  );
}

async function endEverything(): Promise<void> {
  const processes = processNames().filter((name) => name !== lockName);
  const running = processes.flatMap((name) => name.match(/^host-(.*)$/)?.[1] ?? []);
  const hosts = [...new Set([...running, ...disks()])].filter((name) => hostNamed(name) !== undefined);
  await Promise.all(hosts.map((name) => killHost(name)));
  await Promise.all(processes.map((name) => stopProcess(name)));
  await Promise.all((await processesInLab()).map((pid) => endProcess(pid, 'SIGTERM')));
  await removeNetwork();
  removeLabCgroup();
}

/** Stops everything that the lab started: hosts (their disks stay), mirrors, the port forward, the network. */
export async function down(): Promise<void> {
  await withLock('down', endEverything);
  await rm(labPaths.run, { recursive: true, force: true });
}

/** Stops the lab and deletes all its files; the next start rebuilds everything. */
export async function clean(): Promise<void> {
  await down();
  await rm(labPaths.cache, { recursive: true, force: true });
}
