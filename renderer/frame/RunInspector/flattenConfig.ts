import type { Json, JsonObject } from '../../../shared/model/json.ts';

/** The leaves of a configuration with dotted paths, in the order written; lists of plain values stay together. */
export function flattenConfig(config: JsonObject, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(config).flatMap(([key, value]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return isObject(value) ? flattenConfig(value, path) : [[path, shown(value)] as const];
  });
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: Json): string {
  if (Array.isArray(value)) return value.map((item: Json) => (isObject(item) ? JSON.stringify(item) : shown(item))).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
