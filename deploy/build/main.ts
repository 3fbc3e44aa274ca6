import path from 'node:path';
import process from 'node:process';
import { Command, InvalidArgumentError } from 'commander';
import { exitCode, MusterError } from '../../shared/errors/errors.ts';
import { type Arch, arches, isArch } from './arch.ts';
import { cacheFolder } from './cache.ts';
import { buildReleases } from './release.ts';

const root = path.resolve(import.meta.dirname, '../..');

function parseArch(text: string): Arch[] {
  const names = text === 'all' ? Object.keys(arches) : [text];
  if (!names.every(isArch)) throw new InvalidArgumentError(`x64, arm64 or all; not ${text}.`);
  return names;
}

function progress(): (event: { part: string; bytes: number | null }) => void {
  let started = 0;
  return ({ part, bytes }) => {
    if (bytes === null) {
      started = Date.now();
      process.stdout.write(`${part} …`);
      return;
    }
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    process.stdout.write(` ${(bytes / 1e6).toFixed(2)} MB, ${seconds} s\n`);
  };
}

const command = new Command('build')
  .description('Builds the release archives: muster-VERSION-linux-ARCH.tar.gz. The first time takes about a minute.')
  .option('--arch <arch>', 'x64, arm64 or all', parseArch, parseArch(process.arch))
  .option('--out <dir>', 'the folder for the archives', path.join(root, 'dist'))
  .option('--release <version>', 'another version number than the sources’, as for trying an update')
  .option('--fresh', 'rebuild the runtime with the current C libraries of Debian', false)
  .action(async ({ arch, out, fresh, release }: { arch: Arch[]; out: string; fresh: boolean; release?: string }) => {
    const options = {
      root,
      out: path.resolve(out),
      cache: cacheFolder(),
      arches: arch,
      fresh,
      ...(release && { version: release }),
      progress: progress(),
    };
    for (const archive of await buildReleases(options)) process.stdout.write(`${archive}\n`);
  });

try {
  await command.parseAsync();
} catch (error) {
  if (!(error instanceof MusterError)) throw error;
  process.stderr.write(`\nbuild: ${error.message}\n${error.remedy === undefined ? '' : `  ${error.remedy.en}\n`}`);
  process.exitCode = error.exit ?? exitCode.failure;
}
