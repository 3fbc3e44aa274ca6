import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Asks Node for its own modules directly. Where a program imports them, Node makes a module of each with all of its exports, which costs a
 * process that stays for months memory. What a program imports only once it needs it is left as it is.
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
