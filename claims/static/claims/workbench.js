// Progressive enhancement only: every page works without this file.
import { setUpConfirmation } from "./confirmation.js";
import { setUpCopying } from "./copying.js";
import { setUpNotices } from "./notices.js";
import { setUpThemeSwitch } from "./theme_switch.js";

setUpThemeSwitch();
setUpConfirmation();
setUpCopying();
setUpNotices();
