<?php
// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Answers a POST with its form as JSON, contents in hex: first the fields, then the files, as PHP keeps them apart.
$parts = [];
foreach ($_POST as $name => $value) {
    $parts[] = ["name" => $name, "filename" => null, "type" => "", "content" => bin2hex($value)];
}
foreach ($_FILES as $name => $file) {
    if ($file["error"] !== UPLOAD_ERR_OK) exit("$name has error {$file['error']}");
    $content = bin2hex(file_get_contents($file["tmp_name"]));
    $parts[] = ["name" => $name, "filename" => $file["name"], "type" => $file["type"], "content" => $content];
}
echo json_encode($parts, JSON_THROW_ON_ERROR);
