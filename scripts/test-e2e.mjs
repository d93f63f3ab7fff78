import { boot } from "./boot/boot.mjs";

await boot("test-e2e");
