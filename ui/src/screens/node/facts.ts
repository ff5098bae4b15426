/** The values of a part of the twin as a list of facts: what each is called, and how it reads. */

import { duration, elapsed, instant, json } from '../../parts/format';
import { isInstant, isTree, pointer, type Json } from './twin';

export interface Value {
  readonly path: string;
  readonly name: string;
  readonly key: string;
  readonly value: Json;
}

/** The values of a part, those inside of it too. */
export function valuesOf(part: Json | undefined, keys: readonly string[], under: readonly string[] = []): Value[] {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) {
    return [];
  }
  return Object.entries(part as Record<string, Json>).flatMap(([key, value]) => {
    const seconds = Object.hasOwn(part, `${key}_seconds`);
    if (seconds) {
      return [];
    }
    if (isTree(value)) {
      return valuesOf(value, [...keys, key], [...under, key]);
    }
    const path = pointer(...keys, key);
    const name = [...under, key.replace(/_seconds$/, '')].join(', ').replaceAll('_', ' ');
    return [{ path, name, key, value }];
  });
}

/** How a value reads; an instant with how long it is from the one that is looked at. */
export function reads(key: string, value: Json, reference: number): string {
  if (value === null) {
    return 'not known';
  }
  if (typeof value === 'number' && key.endsWith('_seconds')) {
    return duration(value);
  }
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  if (isInstant(value)) {
    const ahead = Date.parse(value) > reference;
    return `${instant(value)}, ${ahead ? `in ${duration((Date.parse(value) - reference) / 1_000)}` : `${elapsed(value, reference)} ago`}`;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map(json).join(', ');
  }
  return json(value);
}
