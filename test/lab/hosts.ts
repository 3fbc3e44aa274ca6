/** The lab, as its tests, its bench and its command line use it. */
export { copyIn, type ExecResult, gatewayExec, hostExec } from './host/exec.ts';
export { bootHost, killHost, wipeHost } from './host/power.ts';
export { clean, down, ensureLab, prepareDisks } from './lab.ts';
export { labHosts, type Runtime } from './layout.ts';
