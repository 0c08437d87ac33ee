<?php
// Prints a message's body as a PHP producer makes it: base64 of JSON, without an id, and with [] for no keywords.
//
//   php payload.php adder_job 1 2 3
$name = $argv[1];
$args = array_map('intval', array_slice($argv, 2));
$kwargs = array();
echo base64_encode(json_encode(array('name' => $name, 'args' => $args, 'kwargs' => $kwargs)));
