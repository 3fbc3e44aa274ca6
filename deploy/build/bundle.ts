import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { manifestName } from '../../coordinator/web/assets.ts';
import { buildPage } from '../../coordinator/web/build.ts';
import { builtins } from './builtins.ts';
import { licencesOf } from './licences.ts';

/** CommonJS libraries need `require`, which ES modules do not have. */
const requireBanner = "const require = process.getBuiltinModule('module').createRequire(import.meta.url);";

/** zod's messages in fifty languages are unused and more than half of its size. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/** Sets the version that the bundle reports. */
const versioned = (version: string): Plugin => ({
  name: 'versioned',
  setup({ onLoad }) {
    onLoad({ filter: /\/shared\/version\.ts$/ }, () => ({
      contents: `export const version = ${JSON.stringify(version)};`,
    }));
  },
});

export interface Program {
  /** agent or coordinator: the folder that holds main.ts. */
  name: string;
  /** Files of the repository -> their path in the bundle's folder. */
  extra: Readonly<Record<string, string>>;
  /** Whether it serves the status page, whose files are written to assets/. */
  page?: boolean;
}

export interface BundleOptions extends Program {
  version: string;
}

/** Bundles NAME/main.ts and its imports into a folder that needs no node_modules: main.js and lazily loaded chunks. */
export async function bundle(
  root: string,
  { name, extra, version, page = false }: BundleOptions,
  into: string,
): Promise<void> {
  await mkdir(into, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`${name}/main.ts`],
    outdir: into,
    bundle: true,
    platform: 'node',
    target: 'node26',
    format: 'esm',
    splitting: true,
    minify: true,
    legalComments: 'none',
    plugins: [builtins, englishOnly, versioned(version)],
    // Only needed to build the page from source; a release contains the built page.
    external: ['esbuild'],
    banner: { js: requireBanner },
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(path.join(into, 'package.json'), '{"type":"module"}\n');
  const inputs = Object.keys(metafile.inputs);
  if (page) inputs.push(...(await writePage(path.join(into, 'assets'))));
  await writeFile(path.join(into, 'LICENSES'), await licencesOf(root, inputs));
  for (const [source, target] of Object.entries(extra)) {
    await cp(path.join(root, source), path.join(into, target), { recursive: true });
  }
}

/** Writes the page's files and their manifest; returns the bundled source files. */
async function writePage(into: string): Promise<string[]> {
  const { names, files, inputs } = await buildPage();
  await mkdir(into);
  for (const [file, content] of files) await writeFile(path.join(into, file), content);
  await writeFile(path.join(into, manifestName), `${JSON.stringify(names)}\n`);
  return inputs;
}
