export const mebibyte = 1024 ** 2;
export const gibibyte = 1024 ** 3;

/** Bytes in human-readable form. */
export const inGiB = (bytes: number): string => `${(bytes / gibibyte).toFixed(1)} GiB`;
