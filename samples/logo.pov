// The sample brand's logo: a ring and its name, white on nothing.
#version 3.7;
global_settings { assumed_gamma 1.0 }
camera { orthographic location <0, 0, -10> look_at 0 right x*9 up y*3 }
light_source { <0, 0, -100> rgb 1 }
#declare White = texture { pigment { rgb 1 } finish { ambient 1 diffuse 0 } }
torus { 0.85, 0.11 rotate x*90 translate <-3.1, 0, 0> texture { White } }
sphere { <-2.5, 0.6, -0.2>, 0.17 texture { White } }
text { ttf "timrom.ttf" "HALO" 0.1, 0.16*x scale <1.75, 1.75, 1> translate <-1.75, -0.6, 0> texture { White } }
