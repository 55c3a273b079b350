/** Programs that embed Hopline; its event loops are its own, the programs run on the main thread. */
package com.example.embedding;
