import { ensureBuild } from "./product.ts";

/** Before the first server test: two that start the product side by side must not both build it. */
export default ensureBuild;
