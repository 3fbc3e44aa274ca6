import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { execa } from 'execa';

/**
 * Packs entries of a folder into a .tar.gz that depends only on names, modes and contents, so that equal input gives an
 * equal hash. The file is renamed into place when complete.
 */
export async function pack(folder: string, entries: readonly string[], file: string, level = 9): Promise<void> {
  const reproducible = ['--sort=name', '--format=gnu', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  const args = [...reproducible, '--mode=u+rwX,go+rX,go-w', '-C', folder, '-cf', '-', '--', ...entries];
  const tar = execa('tar', args, { buffer: false, stdin: 'ignore', stderr: 'inherit' });
  await Promise.all([pipeline(tar.stdout, createGzip({ level }), createWriteStream(`${file}.partial`)), tar]);
  await rename(`${file}.partial`, file);
}
