import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { licencesOf } from './licences.ts';

/** Libraries in CommonJS look for `require`, which an ES module does not have. */
const requireBanner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

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
}

export interface BundleOptions extends Program {
  version: string;
}

/** Bundles NAME/main.ts and all that it imports into a folder that needs no node_modules: main.js and chunks that load when needed. */
export async function bundle(root: string, { name, extra, version }: BundleOptions, into: string): Promise<void> {
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
    plugins: [englishOnly, versioned(version)],
    banner: { js: requireBanner },
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(path.join(into, 'package.json'), '{"type":"module"}\n');
  await writeFile(path.join(into, 'LICENSES'), await licencesOf(root, Object.keys(metafile.inputs)));
  for (const [source, target] of Object.entries(extra)) {
    await cp(path.join(root, source), path.join(into, target), { recursive: true });
  }
}
