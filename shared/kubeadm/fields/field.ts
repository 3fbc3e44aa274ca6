/** The type of a value in a component's configuration, as Go's JSON decoder accepts it. null counts as absent. */
export type FieldType =
  | {
      kind:
        | 'boolean'
        | 'integer'
        | 'number'
        | 'string'
        | 'duration'
        | 'quantity'
        | 'size'
        | 'threshold'
        | 'arguments'
        | 'any';
    }
  | { kind: 'enum'; values: readonly string[] }
  | { kind: 'list' | 'map'; of: FieldType }
  | { kind: 'mapping'; fields: Fields };

export interface Field {
  type: FieldType;
  /** Minor versions: the first that has the field, the first that no longer has it. */
  since?: number;
  until?: number;
  /** The field that replaces it. */
  instead?: string;
}

export type Fields = Readonly<Record<string, Field>>;

export const boolean = { kind: 'boolean' } as const;
export const integer = { kind: 'integer' } as const;
export const number = { kind: 'number' } as const;
export const string = { kind: 'string' } as const;
export const duration = { kind: 'duration' } as const;
/** A number or a string. */
export const quantity = { kind: 'quantity' } as const;
/** A quantity that must be a string, and one that may also be a percentage. */
export const size = { kind: 'size' } as const;
export const threshold = { kind: 'threshold' } as const;
/** Command-line arguments: a map up to v1beta3, a list of {name, value} since v1beta4; muster converts. */
export const commandLine = { kind: 'arguments' } as const;
export const any = { kind: 'any' } as const;
export const oneOf = (...values: string[]): FieldType => ({ kind: 'enum', values });
export const listOf = (of: FieldType): FieldType => ({ kind: 'list', of });
export const mapOf = (of: FieldType): FieldType => ({ kind: 'map', of });
export const mapping = (...fields: Fields[]): FieldType => ({ kind: 'mapping', fields: Object.assign({}, ...fields) });

/** Fields of one type: `each(string, 'a b')`. */
export function each(type: FieldType, names: string, versions: Omit<Field, 'type'> = {}): Fields {
  return Object.fromEntries(names.split(' ').map((name) => [name, { type, ...versions }]));
}
