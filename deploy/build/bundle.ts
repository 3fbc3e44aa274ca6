import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { manifestName } from '../../coordinator/web/assets.ts';
import { buildPage } from '../../coordinator/web/build.ts';
import { builtins } from './builtins.ts';
import { licencesOf } from './licences.ts';

/** Libraries in CommonJS look for `require`, which an ES module does not have. */
const requireBanner = "const require = process.getBuiltinModule('module').createRequire(import.meta.url);";

/** zod brings its messages in fifty languages, which nothing selects: more than half of its size. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/** The bundle says of itself that it is this version. */
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
  /** Files of the repository -> their place in the bundle's folder. */
  extra: Readonly<Record<string, string>>;
  /** It serves the status page, which then stands in assets/. */
  page?: boolean;
}

export interface BundleOptions extends Program {
  version: string;
}

/** Bundles NAME/main.ts and all that it imports into a folder that needs no node_modules: main.js and chunks that load when needed. */
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
    // The page's source is bundled here and now; the coordinator can do that for itself where it runs from source.
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

/** Writes the page's files and what they are called; returns the sources that are in them. */
async function writePage(into: string): Promise<string[]> {
  const { names, files, inputs } = await buildPage();
  await mkdir(into);
  for (const [file, content] of files) await writeFile(path.join(into, file), content);
  await writeFile(path.join(into, manifestName), `${JSON.stringify(names)}\n`);
  return inputs;
}
