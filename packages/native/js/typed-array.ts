// The getters of the language itself: a subclass or an object that only looks like a typed array cannot answer for them.
const typedArray = Object.getPrototypeOf(Uint8Array.prototype);

/** "Uint8Array" for one, whatever it says of itself; undefined for what is no typed array. */
export const tagOf = intrinsicGetter(Symbol.toStringTag) as (this: unknown) => string | undefined;

/** How many elements a typed array really has; 0 when its memory was transferred away. */
export const lengthOf = intrinsicGetter("length") as (this: unknown) => number;

function intrinsicGetter(key: string | symbol): (this: unknown) => unknown {
  const get = Object.getOwnPropertyDescriptor(typedArray, key)?.get;
  if (!get) throw new Error("This JavaScript engine has no typed arrays.");
  return get;
}
