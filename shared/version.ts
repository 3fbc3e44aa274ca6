/** muster's version, reported by agents and the coordinator and part of the release archive's name. */
export const version = '0.1.0';
