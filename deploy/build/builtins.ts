import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Replaces static imports of Node's modules with `process.getBuiltinModule`. An import makes Node wrap all exports of
 * the module, which costs memory in long-running processes. Dynamic imports are unchanged.
 */
export const builtins: Plugin = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z]/ }, ({ path, kind }) =>
      isBuiltin(path) && kind !== 'dynamic-import' ? { path, namespace: 'builtin' } : null,
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};
