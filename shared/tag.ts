// No schemas here: the window's script is smaller without the library for them.

/** A tag is one word that can be typed as a filter term: no spaces, commas or quotes. */
export const tagPattern = /^[^\s,"':<>&]+$/;
export const longestTag = 64;
/** Tags that one guest can have. */
export const mostTags = 32;
/** Letters of a title. */
export const longestTitle = 200;
