/** muster's version: agents and the coordinator report it; the release archive carries it in its name. */
export const version = '0.1.0';
