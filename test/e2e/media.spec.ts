import './media/media.js';
import './media/messages.js';
import './media/bounds.js';
import './media/data-urls.js';
